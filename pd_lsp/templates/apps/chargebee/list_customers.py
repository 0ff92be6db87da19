"""List customers"""

from chargebee import Chargebee


def handler(pd: "pipedream"):
    auth = pd.inputs["chargebee"]["$auth"]
    client = Chargebee(api_key=auth["api_key"], site=auth["sub_url"])
    found = client.Customer.list(client.Customer.ListParams(limit=10))
    return [entry.customer.id for entry in found.list]
