"""Create an issue"""

import requests


def handler(pd: "pipedream"):
    auth = pd.inputs["gitlab"]["$auth"]
    headers = {"Authorization": f"Bearer {auth['oauth_access_token']}"}
    # The number below the name of the project, or its path with %2F in the place of /.
    project = "your-project-id"
    url = f"https://{auth['base_api_url']}/api/v4/projects/{project}/issues"
    response = requests.post(url, headers=headers, json={"title": "Made by a workflow"}, timeout=30)
    response.raise_for_status()
    return response.json()["web_url"]
