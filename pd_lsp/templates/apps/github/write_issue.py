"""Create an issue"""

import requests


def handler(pd: "pipedream"):
    token = pd.inputs["github"]["$auth"]["oauth_access_token"]
    headers = {"Authorization": f"Bearer {token}", "Accept": "application/vnd.github+json"}
    # A repository of yours.
    owner, repository = "your-name", "your-repository"
    issue = {"title": "Made by a workflow", "body": "Details…"}
    url = f"https://api.github.com/repos/{owner}/{repository}/issues"
    response = requests.post(url, headers=headers, json=issue, timeout=30)
    response.raise_for_status()
    return response.json()["html_url"]
