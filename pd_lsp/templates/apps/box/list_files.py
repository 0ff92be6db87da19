"""List files"""

# pipedream add-package boxsdk
from box_sdk_gen import BoxClient, BoxDeveloperTokenAuth


def handler(pd: "pipedream"):
    token = pd.inputs["box"]["$auth"]["oauth_access_token"]
    client = BoxClient(auth=BoxDeveloperTokenAuth(token=token))
    found = client.folders.get_folder_items("0", limit=20)
    return [item.name for item in found.entries or []]
