"""List recent tickets"""

import requests


def handler(pd: "pipedream"):
    auth = pd.inputs["zendesk"]["$auth"]
    headers = {"Authorization": f"Bearer {auth['oauth_access_token']}"}
    url = f"https://{auth['subdomain']}.zendesk.com/api/v2/tickets.json"
    params = {"sort_by": "created_at", "sort_order": "desc", "per_page": 10}
    response = requests.get(url, headers=headers, params=params, timeout=30)
    response.raise_for_status()
    return [{"id": ticket["id"], "subject": ticket["subject"]} for ticket in response.json()["tickets"]]
