"""Show my account"""

from replicate.client import Client


def handler(pd: "pipedream"):
    api_key = pd.inputs["replicate"]["$auth"]["api_key"]
    client = Client(api_token=api_key)
    return client.accounts.current().dict()
