"""Create an issue"""

import requests


def handler(pd: "pipedream"):
    token = pd.inputs["linear"]["$auth"]["oauth_access_token"]
    headers = {"Authorization": f"Bearer {token}"}
    query = "mutation ($input: IssueCreateInput!) { issueCreate(input: $input) { issue { identifier url } } }"
    # What { teams { nodes { id name } } } answers, as a query.
    issue = {"teamId": "your-team-id", "title": "Made by a workflow"}
    body = {"query": query, "variables": {"input": issue}}
    response = requests.post("https://api.linear.app/graphql", headers=headers, json=body, timeout=30)
    response.raise_for_status()
    return response.json()["data"]["issueCreate"]["issue"]
