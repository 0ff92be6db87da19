"""Read a web page"""

from firecrawl import Firecrawl


def handler(pd: "pipedream"):
    api_key = pd.inputs["firecrawl"]["$auth"]["api_key"]
    client = Firecrawl(api_key=api_key, timeout=60)
    page = client.scrape("https://example.com", formats=["markdown"])
    return page.model_dump(mode="json", exclude_none=True)
