"""List products"""

import shopify


def handler(pd: "pipedream"):
    auth = pd.inputs["shopify_developer_app"]["$auth"]
    shop = f"{auth['shop_id']}.myshopify.com"
    with shopify.Session.temp(shop, "2025-07", auth["access_token"]):
        found = shopify.GraphQL().execute("{ products(first: 10) { nodes { id title } } }")
    return found
