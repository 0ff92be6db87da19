"""List unresolved issues"""

import requests


def handler(pd: "pipedream"):
    token = pd.inputs["sentry"]["$auth"]["auth_token"]
    headers = {"Authorization": f"Bearer {token}"}
    # The word before .sentry.io in the address of your organisation.
    organisation = "your-organisation"
    url = f"https://sentry.io/api/0/organizations/{organisation}/issues/"
    params = {"query": "is:unresolved", "limit": 20}
    response = requests.get(url, headers=headers, params=params, timeout=30)
    response.raise_for_status()
    return [{"title": issue["title"], "url": issue["permalink"]} for issue in response.json()]
