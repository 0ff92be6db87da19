"""Check the account"""

import requests


def handler(pd: "pipedream"):
    auth = pd.inputs["braintree"]["$auth"]
    url = f"https://payments.{auth['environment']}.braintree-api.com/graphql"
    headers = {"Braintree-Version": "2019-01-01"}
    response = requests.post(
        url, json={"query": "{ ping }"}, headers=headers, auth=(auth["public_key"], auth["private_key"]), timeout=30
    )
    response.raise_for_status()
    return response.json()
