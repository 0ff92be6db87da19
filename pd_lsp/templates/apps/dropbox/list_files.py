"""List files"""

import requests


def handler(pd: "pipedream"):
    token = pd.inputs["dropbox"]["$auth"]["oauth_access_token"]
    headers = {"Authorization": f"Bearer {token}"}
    url = "https://api.dropboxapi.com/2/files/list_folder"
    response = requests.post(url, headers=headers, json={"path": "", "limit": 20}, timeout=30)
    response.raise_for_status()
    return [entry["name"] for entry in response.json()["entries"]]
