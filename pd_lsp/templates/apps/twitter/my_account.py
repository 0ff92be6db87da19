"""Show my account"""

from requests_oauthlib import OAuth1Session


def handler(pd: "pipedream"):
    auth = pd.inputs["twitter"]["$auth"]
    session = OAuth1Session(
        auth["developer_consumer_key"],
        auth["developer_consumer_secret"],
        auth["oauth_access_token"],
        auth["oauth_refresh_token"],
    )
    response = session.get("https://api.twitter.com/2/users/me", timeout=30)
    response.raise_for_status()
    return response.json()["data"]
