"""Create a payment link"""

from stripe import StripeClient


def handler(pd: "pipedream"):
    api_key = pd.inputs["stripe"]["$auth"]["api_key"]
    client = StripeClient(api_key)
    link = client.v1.payment_links.create({"line_items": [{"price": "your-price-id", "quantity": 1}]})
    return link.url
