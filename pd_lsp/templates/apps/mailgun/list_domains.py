"""List domains"""

import requests


def handler(pd: "pipedream"):
    auth = pd.inputs["mailgun"]["$auth"]
    host = "api.eu.mailgun.net" if auth["region"] == "EU" else "api.mailgun.net"
    response = requests.get(f"https://{host}/v4/domains", auth=("api", auth["api_key"]), timeout=30)
    response.raise_for_status()
    return [domain["name"] for domain in response.json()["items"]]
