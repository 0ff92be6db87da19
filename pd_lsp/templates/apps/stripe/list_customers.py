"""List customers"""

from stripe import StripeClient


def handler(pd: "pipedream"):
    api_key = pd.inputs["stripe"]["$auth"]["api_key"]
    client = StripeClient(api_key)
    found = client.v1.customers.list({"limit": 10})
    return [{"id": customer.id, "email": customer.email} for customer in found.data]
