"""Tell where an IP address is"""

import requests


def handler(pd: "pipedream"):
    token = pd.inputs["ipinfo_io"]["$auth"]["api_token"]
    headers = {"Authorization": f"Bearer {token}"}
    response = requests.get("https://ipinfo.io/8.8.8.8", headers=headers, timeout=30)
    response.raise_for_status()
    return response.json()
