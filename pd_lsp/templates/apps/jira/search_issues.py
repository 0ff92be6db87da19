"""Search issues"""

import requests
from jira import JIRA


def handler(pd: "pipedream"):
    token = pd.inputs["jira"]["$auth"]["oauth_access_token"]
    headers = {"Authorization": f"Bearer {token}"}
    url = "https://api.atlassian.com/oauth/token/accessible-resources"
    response = requests.get(url, headers=headers, timeout=30)
    response.raise_for_status()
    site = response.json()[0]["id"]
    options = {"headers": headers, "rest_api_version": "3"}
    jira = JIRA(f"https://api.atlassian.com/ex/jira/{site}", options=options, timeout=30)
    found = jira.enhanced_search_issues("assignee = currentUser() ORDER BY updated DESC", maxResults=20)
    return [{"key": issue.key, "summary": issue.fields.summary} for issue in found]
