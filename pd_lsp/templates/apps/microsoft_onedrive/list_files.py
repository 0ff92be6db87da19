"""List files"""

import requests


def handler(pd: "pipedream"):
    token = pd.inputs["microsoft_onedrive"]["$auth"]["oauth_access_token"]
    headers = {"Authorization": f"Bearer {token}"}
    response = requests.get("https://graph.microsoft.com/v1.0/me/drive/root/children", headers=headers, timeout=30)
    response.raise_for_status()
    return [{"id": item["id"], "name": item["name"]} for item in response.json()["value"]]
