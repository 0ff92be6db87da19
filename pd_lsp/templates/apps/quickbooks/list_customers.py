"""List customers"""

import requests


def handler(pd: "pipedream"):
    auth = pd.inputs["quickbooks"]["$auth"]
    headers = {"Authorization": f"Bearer {auth['oauth_access_token']}", "Accept": "application/json"}
    url = f"https://quickbooks.api.intuit.com/v3/company/{auth['company_id']}/query"
    params = {"query": "SELECT * FROM Customer MAXRESULTS 10"}
    response = requests.get(url, headers=headers, params=params, timeout=30)
    response.raise_for_status()
    return response.json()["QueryResponse"].get("Customer", [])
