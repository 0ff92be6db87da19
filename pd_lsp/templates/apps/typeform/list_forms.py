"""List forms"""

import requests


def handler(pd: "pipedream"):
    token = pd.inputs["typeform"]["$auth"]["oauth_access_token"]
    headers = {"Authorization": f"Bearer {token}"}
    response = requests.get("https://api.typeform.com/forms", headers=headers, params={"page_size": 20}, timeout=30)
    response.raise_for_status()
    return [{"id": form["id"], "title": form["title"]} for form in response.json()["items"]]
