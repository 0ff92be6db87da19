"""Create or update a person"""

from customerio import CustomerIO


def handler(pd: "pipedream"):
    auth = pd.inputs["customer_io"]["$auth"]
    client = CustomerIO(auth["site_id"], auth["api_key"], timeout=30)
    person = "someone@example.com"
    client.identify(id=person, email=person)
    return person
