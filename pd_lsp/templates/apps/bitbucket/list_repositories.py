"""List the repositories of a workspace"""

import requests


def handler(pd: "pipedream"):
    token = pd.inputs["bitbucket"]["$auth"]["oauth_access_token"]
    headers = {"Authorization": f"Bearer {token}"}
    # The word behind bitbucket.org/ in the address of a repository.
    workspace = "your-workspace"
    url = f"https://api.bitbucket.org/2.0/repositories/{workspace}"
    response = requests.get(url, headers=headers, params={"pagelen": 20}, timeout=30)
    response.raise_for_status()
    return [repository["full_name"] for repository in response.json()["values"]]
