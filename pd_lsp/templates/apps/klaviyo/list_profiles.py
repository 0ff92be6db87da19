"""List profiles"""

from klaviyo_api import KlaviyoAPI


def handler(pd: "pipedream"):
    api_key = pd.inputs["klaviyo"]["$auth"]["api_key"]
    client = KlaviyoAPI(api_key, max_retries=1)
    return client.Profiles.get_profiles(page_size=10)
