"""List the open issues of a repository"""

import requests


def handler(pd: "pipedream"):
    token = pd.inputs["github"]["$auth"]["oauth_access_token"]
    owner, repository = "octocat", "Hello-World"
    headers = {"Authorization": f"Bearer {token}", "Accept": "application/vnd.github+json"}
    params = {"state": "open", "per_page": 20}
    url = f"https://api.github.com/repos/{owner}/{repository}/issues"
    response = requests.get(url, headers=headers, params=params, timeout=30)
    response.raise_for_status()
    return [{"number": issue["number"], "title": issue["title"]} for issue in response.json()]
