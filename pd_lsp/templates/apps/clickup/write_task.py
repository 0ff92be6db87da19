"""Create a task"""

import requests


def handler(pd: "pipedream"):
    token = pd.inputs["clickup"]["$auth"]["oauth_access_token"]
    headers = {"Authorization": token}
    # The number behind /li/ in the address of the list.
    list_id = "your-list-id"
    url = f"https://api.clickup.com/api/v2/list/{list_id}/task"
    response = requests.post(url, headers=headers, json={"name": "Made by a workflow"}, timeout=30)
    response.raise_for_status()
    return response.json()["url"]
