"""List collections"""

import weaviate
from weaviate.classes.init import Auth


def handler(pd: "pipedream"):
    auth = pd.inputs["weaviate"]["$auth"]
    key = Auth.api_key(auth["api_key"])
    with weaviate.connect_to_weaviate_cloud(cluster_url=auth["cluster_url"], auth_credentials=key) as client:
        found = list(client.collections.list_all())
    return found
