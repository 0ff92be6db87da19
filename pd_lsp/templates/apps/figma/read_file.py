"""Read a file"""

import requests


def handler(pd: "pipedream"):
    token = pd.inputs["figma"]["$auth"]["oauth_access_token"]
    headers = {"Authorization": f"Bearer {token}"}
    # The long word behind /design/ in the address of the file.
    file_key = "your-file-key"
    url = f"https://api.figma.com/v1/files/{file_key}"
    response = requests.get(url, headers=headers, params={"depth": 1}, timeout=30)
    response.raise_for_status()
    return [page["name"] for page in response.json()["document"]["children"]]
