"""List users"""

import requests


def handler(pd: "pipedream"):
    auth = pd.inputs["auth0_management_api"]["$auth"]
    headers = {"Authorization": f"Bearer {auth['oauth_access_token']}"}
    response = requests.get(f"https://{auth['domain']}/api/v2/users", headers=headers, timeout=30)
    response.raise_for_status()
    return response.json()
