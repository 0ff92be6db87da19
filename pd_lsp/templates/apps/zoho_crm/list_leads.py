"""List leads"""

import requests


def handler(pd: "pipedream"):
    auth = pd.inputs["zoho_crm"]["$auth"]
    headers = {"Authorization": f"Zoho-oauthtoken {auth['oauth_access_token']}"}
    url = f"{auth['api_domain']}/crm/v3/Leads"
    params = {"fields": "Last_Name,Company,Email", "per_page": 20}
    response = requests.get(url, headers=headers, params=params, timeout=30)
    response.raise_for_status()
    # Where there is none, the answer is empty.
    return response.json()["data"] if response.content else []
