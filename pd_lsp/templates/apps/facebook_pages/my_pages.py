"""List my pages"""

from facebook_business.api import FacebookAdsApi


def handler(pd: "pipedream"):
    token = pd.inputs["facebook_pages"]["$auth"]["oauth_access_token"]
    api = FacebookAdsApi.init(access_token=token, timeout=30)
    return api.call("GET", ("me", "accounts"), params={"fields": "name"}).json()
