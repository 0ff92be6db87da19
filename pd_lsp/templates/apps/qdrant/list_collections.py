"""List collections"""

from qdrant_client import QdrantClient


def handler(pd: "pipedream"):
    auth = pd.inputs["qdrant"]["$auth"]
    client = QdrantClient(url=auth["url"], api_key=auth["api_key"], port=None, timeout=30, check_compatibility=False)
    return [collection.name for collection in client.get_collections().collections]
