"""See which workspace and user the account belongs to"""

import requests


def handler(pd: "pipedream"):
    token = pd.inputs["slack_v2"]["$auth"]["oauth_access_token"]
    headers = {"Authorization": f"Bearer {token}"}
    response = requests.post("https://slack.com/api/auth.test", headers=headers, timeout=30)
    response.raise_for_status()
    return response.json()
