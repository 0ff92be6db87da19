"""List the pages of a data source"""

from notion_client import Client


def handler(pd: "pipedream"):
    token = pd.inputs["notion"]["$auth"]["oauth_access_token"]
    notion = Client(auth=token)
    # The menu of the database has it, under "Manage data sources".
    found = notion.data_sources.query(data_source_id="your-data-source-id", page_size=20)
    return found
