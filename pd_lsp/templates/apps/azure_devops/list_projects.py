"""List projects"""

from azure.devops.connection import Connection
from msrest.authentication import BasicAuthentication


def handler(pd: "pipedream"):
    token = pd.inputs["azure_devops"]["$auth"]["personal_access_token"]
    connection = Connection(base_url="https://dev.azure.com/your-organisation", creds=BasicAuthentication("", token))
    client = connection.clients.get_core_client()
    return [project.name for project in client.get_projects()]
