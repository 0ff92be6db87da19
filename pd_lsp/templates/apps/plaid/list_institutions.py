"""List institutions"""

import plaid
from plaid.api.plaid_api import PlaidApi
from plaid.model.country_code import CountryCode
from plaid.model.institutions_get_request import InstitutionsGetRequest


def handler(pd: "pipedream"):
    auth = pd.inputs["plaid"]["$auth"]
    configuration = plaid.Configuration(
        host=f"https://{auth['environment']}.plaid.com",
        api_key={"clientId": auth["client_id"], "secret": auth["client_secret"]},
    )
    request = InstitutionsGetRequest(count=10, offset=0, country_codes=[CountryCode("US")])
    with plaid.ApiClient(configuration) as client:
        found = PlaidApi(client).institutions_get(request, _request_timeout=30)
    return [institution.name for institution in found.institutions]
