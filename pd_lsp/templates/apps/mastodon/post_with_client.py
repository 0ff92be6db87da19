"""Post a status, with the client library"""

from mastodon import Mastodon


def handler(pd: "pipedream"):
    auth = pd.inputs["mastodon"]["$auth"]
    client = Mastodon(
        access_token=auth["access_token"], api_base_url=f"https://{auth['site_domain']}", request_timeout=30
    )
    # "direct" shows it to whom it mentions alone; "public" to all.
    return client.status_post("Hello from Pipedream!", visibility="direct")["url"]
