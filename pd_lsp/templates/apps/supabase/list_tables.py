"""List the tables that the API serves"""

import requests


def handler(pd: "pipedream"):
    auth = pd.inputs["supabase"]["$auth"]
    headers = {"Authorization": f"Bearer {auth['service_key']}", "apikey": auth["service_key"]}
    response = requests.get(f"https://{auth['subdomain']}.supabase.co/rest/v1/", headers=headers, timeout=30)
    response.raise_for_status()
    # The answer describes the API in the OpenAPI format.
    return list(response.json().get("definitions", {}))
