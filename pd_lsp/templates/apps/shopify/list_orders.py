"""List recent orders"""

import shopify


def handler(pd: "pipedream"):
    auth = pd.inputs["shopify"]["$auth"]
    shop = f"{auth['shop_id']}.myshopify.com"
    with shopify.Session.temp(shop, "2025-07", auth["oauth_access_token"]):
        found = shopify.GraphQL().execute("{ orders(first: 10, reverse: true) { nodes { id name createdAt } } }")
    return found
