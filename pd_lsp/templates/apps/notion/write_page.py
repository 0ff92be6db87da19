"""Create a page"""

from notion_client import Client


def handler(pd: "pipedream"):
    token = pd.inputs["notion"]["$auth"]["oauth_access_token"]
    notion = Client(auth=token)
    title = [{"text": {"content": "Made by a workflow"}}]
    # The long word at the end of the address of the page that it goes below.
    page = notion.pages.create(parent={"page_id": "your-page-id"}, properties={"title": {"title": title}})
    return page
