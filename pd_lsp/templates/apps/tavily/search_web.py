"""Search the web"""

from tavily import TavilyClient


def handler(pd: "pipedream"):
    api_key = pd.inputs["tavily"]["$auth"]["api_key"]
    client = TavilyClient(api_key=api_key)
    return client.search("What is new in Python?", max_results=5)
