"""Show my account"""

from mattermostdriver import Driver


def handler(pd: "pipedream"):
    auth = pd.inputs["mattermost"]["$auth"]
    driver = Driver({"url": auth["domain"], "port": 443, "request_timeout": 30, "token": auth["oauth_access_token"]})
    driver.login()
    return driver.users.get_user("me")
