"""List organisations"""

import requests


def handler(pd: "pipedream"):
    token = pd.inputs["xero_accounting_api"]["$auth"]["oauth_access_token"]
    headers = {"Authorization": f"Bearer {token}"}
    response = requests.get("https://api.xero.com/connections", headers=headers, timeout=30)
    response.raise_for_status()
    return response.json()
