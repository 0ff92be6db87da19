"""List droplets"""

from pydo import Client


def handler(pd: "pipedream"):
    token = pd.inputs["digital_ocean"]["$auth"]["oauth_access_token"]
    client = Client(token=token)
    return [droplet["name"] for droplet in client.droplets.list(per_page=20)["droplets"]]
