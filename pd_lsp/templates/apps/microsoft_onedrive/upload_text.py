"""Upload a text file"""

import requests


def handler(pd: "pipedream"):
    token = pd.inputs["microsoft_onedrive"]["$auth"]["oauth_access_token"]
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "text/plain"}
    # Takes the place of a file with this name; what is larger than 250 MB needs an upload session.
    url = "https://graph.microsoft.com/v1.0/me/drive/root:/hello.txt:/content"
    response = requests.put(url, headers=headers, data=b"Hello from Pipedream!", timeout=60)
    response.raise_for_status()
    return response.json()["webUrl"]
