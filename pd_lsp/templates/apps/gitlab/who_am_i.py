"""See which user the account belongs to"""

import requests


def handler(pd: "pipedream"):
    auth = pd.inputs["gitlab"]["$auth"]
    headers = {"Authorization": f"Bearer {auth['oauth_access_token']}"}
    response = requests.get(f"https://{auth['base_api_url']}/api/v4/user", headers=headers, timeout=30)
    response.raise_for_status()
    return response.json()
