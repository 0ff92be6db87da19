"""List sites"""

from webflow.client import Webflow


def handler(pd: "pipedream"):
    token = pd.inputs["webflow"]["$auth"]["oauth_access_token"]
    client = Webflow(access_token=token)
    return [site.display_name for site in client.sites.list().sites or []]
