"""Search pages"""

from itertools import islice

from notion_client import Client
from notion_client.helpers import iterate_paginated_api


def handler(pd: "pipedream"):
    token = pd.inputs["notion"]["$auth"]["oauth_access_token"]
    notion = Client(auth=token)
    return list(islice(iterate_paginated_api(notion.search, query="", page_size=20), 20))
