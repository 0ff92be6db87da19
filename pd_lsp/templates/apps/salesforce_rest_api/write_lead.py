"""Create a lead"""

from simple_salesforce.api import Salesforce


def handler(pd: "pipedream"):
    auth = pd.inputs["salesforce_rest_api"]["$auth"]
    salesforce = Salesforce(instance_url=auth["instance_url"], session_id=auth["oauth_access_token"])
    lead = {"LastName": "Made by a workflow", "Company": "Example"}
    return salesforce.restful("sobjects/Lead", method="POST", json=lead, timeout=30)
