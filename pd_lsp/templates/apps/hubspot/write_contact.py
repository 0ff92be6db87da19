"""Create a contact"""

from hubspot import HubSpot


def handler(pd: "pipedream"):
    token = pd.inputs["hubspot"]["$auth"]["oauth_access_token"]
    client = HubSpot(access_token=token)
    contact = {"properties": {"email": "someone@example.com", "firstname": "Some"}}
    response = client.api_request({"method": "POST", "path": "/crm/v3/objects/contacts", "body": contact})
    response.raise_for_status()
    return response.json()["id"]
