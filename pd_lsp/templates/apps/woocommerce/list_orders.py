"""List orders"""

from woocommerce import API


def handler(pd: "pipedream"):
    auth = pd.inputs["woocommerce"]["$auth"]
    client = API(
        url=f"https://{auth['url']}",
        consumer_key=auth["key"],
        consumer_secret=auth["secret"],
        version="wc/v3",
        timeout=30,
    )
    response = client.get("orders", params={"per_page": 10})
    response.raise_for_status()
    return response.json()
