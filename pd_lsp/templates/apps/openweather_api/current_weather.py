"""Show the weather of a town"""

import requests


def handler(pd: "pipedream"):
    api_key = pd.inputs["openweather_api"]["$auth"]["api_key"]
    params = {"q": "London", "units": "metric", "appid": api_key}
    response = requests.get("https://api.openweathermap.org/data/2.5/weather", params=params, timeout=30)
    response.raise_for_status()
    return response.json()["main"]
