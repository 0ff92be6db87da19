"""Query records"""

from simple_salesforce.api import Salesforce


def handler(pd: "pipedream"):
    auth = pd.inputs["salesforce_rest_api"]["$auth"]
    salesforce = Salesforce(instance_url=auth["instance_url"], session_id=auth["oauth_access_token"])
    found = salesforce.query("SELECT Id, Name FROM Account ORDER BY CreatedDate DESC LIMIT 10", timeout=30)
    return found["records"]
