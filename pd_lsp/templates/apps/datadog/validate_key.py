"""Check the key"""

from datadog_api_client import ApiClient, Configuration
from datadog_api_client.v1.api.authentication_api import AuthenticationApi


def handler(pd: "pipedream"):
    auth = pd.inputs["datadog"]["$auth"]
    configuration = Configuration()
    configuration.api_key = {"apiKeyAuth": auth["api_key"], "appKeyAuth": auth["application_key"]}
    configuration.request_timeout = 30
    with ApiClient(configuration) as client:
        found = AuthenticationApi(client).validate().to_dict()
    return found
