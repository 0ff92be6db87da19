"""Insert a row"""

import requests


def handler(pd: "pipedream"):
    auth = pd.inputs["supabase"]["$auth"]
    key = auth["service_key"]
    headers = {"Authorization": f"Bearer {key}", "apikey": key, "Prefer": "return=representation"}
    url = f"https://{auth['subdomain']}.supabase.co/rest/v1/your-table"
    response = requests.post(url, headers=headers, json={"name": "Made by a workflow"}, timeout=30)
    response.raise_for_status()
    return response.json()
