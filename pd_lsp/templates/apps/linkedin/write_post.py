"""Create a post"""

import requests


def handler(pd: "pipedream"):
    auth = pd.inputs["linkedin"]["$auth"]
    headers = {"Authorization": f"Bearer {auth['oauth_access_token']}"}
    # Each version, the year and the month, is served for a year.
    headers.update({"LinkedIn-Version": "202606", "X-Restli-Protocol-Version": "2.0.0"})
    post = {
        "author": f"urn:li:person:{auth['oauth_uid']}",
        "commentary": "Hello from Pipedream!",
        "visibility": "CONNECTIONS",
        "distribution": {"feedDistribution": "MAIN_FEED"},
        "lifecycleState": "PUBLISHED",
    }
    response = requests.post("https://api.linkedin.com/rest/posts", headers=headers, json=post, timeout=30)
    response.raise_for_status()
    return response.headers["x-restli-id"]
