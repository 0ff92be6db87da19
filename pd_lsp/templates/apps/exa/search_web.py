"""Search the web"""

from exa_py import Exa


def handler(pd: "pipedream"):
    api_key = pd.inputs["exa"]["$auth"]["api_key"]
    client = Exa(api_key, timeout=30)
    found = client.search("What is new in Python?", num_results=5)
    return [{"title": result.title, "url": result.url} for result in found.results]
