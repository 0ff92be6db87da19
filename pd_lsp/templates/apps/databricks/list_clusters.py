"""List clusters"""

# pipedream add-package databricks-sdk
from databricks.sdk import WorkspaceClient


def handler(pd: "pipedream"):
    auth = pd.inputs["databricks"]["$auth"]
    client = WorkspaceClient(
        host=f"https://{auth['domain']}.cloud.databricks.com", token=auth["access_token"], auth_type="pat"
    )
    return [cluster.cluster_name for cluster in client.clusters.list()]
