"""List rooms"""

from webexteamssdk import WebexTeamsAPI


def handler(pd: "pipedream"):
    token = pd.inputs["cisco_webex"]["$auth"]["oauth_access_token"]
    webex = WebexTeamsAPI(access_token=token)
    return [room.title for room in webex.rooms.list(max=20)]
