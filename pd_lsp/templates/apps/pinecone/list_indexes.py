"""List indexes"""

from pinecone import Pinecone


def handler(pd: "pipedream"):
    api_key = pd.inputs["pinecone"]["$auth"]["api_key"]
    client = Pinecone(api_key=api_key)
    return client.list_indexes().names()
