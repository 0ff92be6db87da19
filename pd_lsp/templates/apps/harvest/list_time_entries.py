"""List time entries"""

import requests


def handler(pd: "pipedream"):
    token = pd.inputs["harvest"]["$auth"]["oauth_access_token"]
    headers = {"Authorization": f"Bearer {token}"}
    accounts = requests.get("https://id.getharvest.com/api/v2/accounts", headers=headers, timeout=30)
    accounts.raise_for_status()
    # The first of the accounts that the person has.
    headers["Harvest-Account-Id"] = str(accounts.json()["accounts"][0]["id"])
    url = "https://api.harvestapp.com/v2/time_entries"
    response = requests.get(url, headers=headers, params={"per_page": 20}, timeout=30)
    response.raise_for_status()
    return response.json()["time_entries"]
