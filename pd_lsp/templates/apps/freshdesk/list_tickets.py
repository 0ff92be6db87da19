"""List recent tickets"""

import requests


def handler(pd: "pipedream"):
    auth = pd.inputs["freshdesk"]["$auth"]
    url = f"https://{auth['domain']}/api/v2/tickets"
    # With a key in the place of a user name, the password may be anything.
    credentials = (auth["api_key"], "X")
    response = requests.get(url, auth=credentials, params={"per_page": 20}, timeout=30)
    response.raise_for_status()
    return [{"id": ticket["id"], "subject": ticket["subject"]} for ticket in response.json()]
