"""List audiences"""

from mailchimp_marketing import Client


def handler(pd: "pipedream"):
    auth = pd.inputs["mailchimp"]["$auth"]
    client = Client()
    client.set_config({"access_token": auth["oauth_access_token"], "server": auth["dc"], "timeout": 30})
    return [audience["name"] for audience in client.lists.get_all_lists(count=20)["lists"]]
