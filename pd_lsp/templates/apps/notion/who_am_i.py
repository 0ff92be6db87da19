"""See which integration and workspace the account belongs to"""

import requests


def handler(pd: "pipedream"):
    token = pd.inputs["notion"]["$auth"]["oauth_access_token"]
    headers = {"Authorization": f"Bearer {token}", "Notion-Version": "2022-06-28"}
    response = requests.get("https://api.notion.com/v1/users/me", headers=headers, timeout=30)
    response.raise_for_status()
    return response.json()
