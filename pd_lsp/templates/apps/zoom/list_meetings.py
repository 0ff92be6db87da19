"""List the next meetings"""

import requests


def handler(pd: "pipedream"):
    token = pd.inputs["zoom"]["$auth"]["oauth_access_token"]
    headers = {"Authorization": f"Bearer {token}"}
    params = {"type": "upcoming", "page_size": 20}
    response = requests.get("https://api.zoom.us/v2/users/me/meetings", headers=headers, params=params, timeout=30)
    response.raise_for_status()
    return response.json()["meetings"]
