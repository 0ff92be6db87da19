"""Show my account"""

from apify_client import ApifyClient


def handler(pd: "pipedream"):
    api_token = pd.inputs["apify"]["$auth"]["api_token"]
    client = ApifyClient(api_token)
    user = client.user("me").get()
    return user.username if user else None
