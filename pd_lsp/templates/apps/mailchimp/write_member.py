"""Subscribe an address to an audience"""

from mailchimp_marketing import Client


def handler(pd: "pipedream"):
    auth = pd.inputs["mailchimp"]["$auth"]
    client = Client()
    client.set_config({"access_token": auth["oauth_access_token"], "server": auth["dc"], "timeout": 30})
    # "pending" asks the person first, by an e-mail.
    member = {"email_address": "someone@example.com", "status": "pending"}
    return client.lists.add_list_member("your-audience-id", member)["id"]
