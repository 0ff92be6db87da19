"""Create a payment link"""

from stripe import StripeClient


def handler(pd: "pipedream"):
    api_key = pd.inputs["stripe"]["$auth"]["api_key"]
    client = StripeClient(api_key)
    # The id of a price, which begins with price_, from the product catalogue.
    link = client.v1.payment_links.create({"line_items": [{"price": "your-price-id", "quantity": 1}]})
    return link.url
