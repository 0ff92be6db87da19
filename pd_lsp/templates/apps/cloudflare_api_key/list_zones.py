"""List zones"""

from cloudflare import Cloudflare


def handler(pd: "pipedream"):
    auth = pd.inputs["cloudflare_api_key"]["$auth"]
    client = Cloudflare(api_email=auth["Email"], api_key=auth["API_Key"])
    return [zone.name for zone in client.zones.list(per_page=20).result]
