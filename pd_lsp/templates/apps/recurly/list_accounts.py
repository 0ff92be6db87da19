"""List accounts"""

import recurly


def handler(pd: "pipedream"):
    api_key = pd.inputs["recurly"]["$auth"]["api_key"]
    client = recurly.Client(api_key)
    found = client.list_accounts(params={"limit": 10}).items()
    return [account.code for account, _ in zip(found, range(10))]
