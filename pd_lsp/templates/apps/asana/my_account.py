"""Show my account and its workspaces"""

import asana


def handler(pd: "pipedream"):
    configuration = asana.Configuration()
    configuration.access_token = pd.inputs["asana"]["$auth"]["oauth_access_token"]
    client = asana.ApiClient(configuration)
    return asana.UsersApi(client).get_user("me", {}, _request_timeout=30)
