"""List incidents"""

import requests


def handler(pd: "pipedream"):
    auth = pd.inputs["servicenow"]["$auth"]
    headers = {"Authorization": f"Bearer {auth['oauth_access_token']}", "Accept": "application/json"}
    url = f"https://{auth['instance_name']}.service-now.com/api/now/table/incident"
    params = {"sysparm_limit": 10, "sysparm_fields": "number,short_description,state"}
    response = requests.get(url, headers=headers, params=params, timeout=30)
    response.raise_for_status()
    return response.json()["result"]
