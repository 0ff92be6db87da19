"""Create an incident"""

import requests


def handler(pd: "pipedream"):
    auth = pd.inputs["servicenow"]["$auth"]
    headers = {"Authorization": f"Bearer {auth['oauth_access_token']}", "Accept": "application/json"}
    url = f"https://{auth['instance_name']}.service-now.com/api/now/table/incident"
    incident = {"short_description": "Made by a workflow"}
    response = requests.post(url, headers=headers, json=incident, timeout=30)
    response.raise_for_status()
    return response.json()["result"]["number"]
