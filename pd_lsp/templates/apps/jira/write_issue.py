"""Create an issue"""

import requests


def handler(pd: "pipedream"):
    token = pd.inputs["jira"]["$auth"]["oauth_access_token"]
    headers = {"Authorization": f"Bearer {token}"}
    sites = requests.get("https://api.atlassian.com/oauth/token/accessible-resources", headers=headers, timeout=30)
    sites.raise_for_status()
    url = f"https://api.atlassian.com/ex/jira/{sites.json()[0]['id']}/rest/api/3/issue"
    # The key of the project is what its issues begin with.
    issue = {"project": {"key": "KEY"}, "issuetype": {"name": "Task"}, "summary": "Made by a workflow"}
    response = requests.post(url, headers=headers, json={"fields": issue}, timeout=30)
    response.raise_for_status()
    return response.json()["key"]
