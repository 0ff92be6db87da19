"""List invoices"""

import requests


def handler(pd: "pipedream"):
    token = pd.inputs["paypal"]["$auth"]["oauth_access_token"]
    headers = {"Authorization": f"Bearer {token}"}
    url = "https://api-m.paypal.com/v2/invoicing/invoices"
    response = requests.get(url, headers=headers, params={"page_size": 20}, timeout=30)
    response.raise_for_status()
    return response.json().get("items", [])
