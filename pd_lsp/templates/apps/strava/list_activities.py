"""List activities"""

from stravalib import Client


def handler(pd: "pipedream"):
    token = pd.inputs["strava"]["$auth"]["oauth_access_token"]
    client = Client(access_token=token)
    return [activity.name for activity in client.get_activities(limit=10)]
