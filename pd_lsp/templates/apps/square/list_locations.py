"""List locations"""

from square import Square


def handler(pd: "pipedream"):
    token = pd.inputs["square"]["$auth"]["oauth_access_token"]
    client = Square(token=token)
    return [location.name for location in client.locations.list().locations or []]
