"""Create a post"""

from tweepy import Client


def handler(pd: "pipedream"):
    auth = pd.inputs["twitter"]["$auth"]
    client = Client(
        consumer_key=auth["developer_consumer_key"],
        consumer_secret=auth["developer_consumer_secret"],
        access_token=auth["oauth_access_token"],
        access_token_secret=auth["oauth_refresh_token"],
    )
    return client.create_tweet(text="Hello from Pipedream!")
