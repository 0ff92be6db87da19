"""Create a lead"""

import requests


def handler(pd: "pipedream"):
    auth = pd.inputs["zoho_crm"]["$auth"]
    headers = {"Authorization": f"Zoho-oauthtoken {auth['oauth_access_token']}"}
    url = f"{auth['api_domain']}/crm/v3/Leads"
    lead = {"Last_Name": "Made by a workflow", "Company": "Example"}
    response = requests.post(url, headers=headers, json={"data": [lead]}, timeout=30)
    response.raise_for_status()
    return response.json()["data"][0]["details"]["id"]
