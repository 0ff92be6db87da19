"""Create a draft"""

import requests


def handler(pd: "pipedream"):
    auth = pd.inputs["wordpress_org"]["$auth"]
    credentials = (auth["username"], auth["application_password"])
    url = f"https://{auth['url']}/wp-json/wp/v2/posts"
    draft = {"title": "Made by a workflow", "content": "Text…", "status": "draft"}
    response = requests.post(url, auth=credentials, json=draft, timeout=30)
    response.raise_for_status()
    return response.json()["link"]
