"""Show my account"""

from apify_client import ApifyClient


def handler(pd: "pipedream"):
    token = pd.inputs["apify_oauth"]["$auth"]["oauth_access_token"]
    client = ApifyClient(token)
    user = client.user("me").get()
    return user.username if user else None
