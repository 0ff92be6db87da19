"""Search an index"""

from algoliasearch.search.client import SearchClientSync


def handler(pd: "pipedream"):
    auth = pd.inputs["algolia"]["$auth"]
    client = SearchClientSync(auth["application_id"], auth["api_key"])
    found = client.search_single_index(index_name="your-index", search_params={"query": "hello"})
    return found.to_dict()["hits"]
