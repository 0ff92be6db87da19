"""List contacts"""

from hubspot import HubSpot


def handler(pd: "pipedream"):
    token = pd.inputs["hubspot"]["$auth"]["oauth_access_token"]
    client = HubSpot(access_token=token)
    response = client.api_request({"path": "/crm/v3/objects/contacts", "qs": {"limit": 10}})
    response.raise_for_status()
    return response.json()["results"]
