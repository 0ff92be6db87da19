"""List products"""

import shopify


def handler(pd: "pipedream"):
    auth = pd.inputs["shopify_developer_app"]["$auth"]
    session = shopify.Session(f"{auth['shop_id']}.myshopify.com", "2025-07", auth["access_token"])
    with shopify.Session.temp(session.url, session.version, session.token):
        return shopify.GraphQL().execute("{ products(first: 10) { nodes { id title } } }")
