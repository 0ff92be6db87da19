"""List posts"""

import requests


def handler(pd: "pipedream"):
    auth = pd.inputs["wordpress_org"]["$auth"]
    credentials = (auth["username"], auth["application_password"])
    url = f"https://{auth['url']}/wp-json/wp/v2/posts"
    response = requests.get(url, auth=credentials, params={"per_page": 10}, timeout=30)
    response.raise_for_status()
    return [{"id": post["id"], "title": post["title"]["rendered"]} for post in response.json()]
