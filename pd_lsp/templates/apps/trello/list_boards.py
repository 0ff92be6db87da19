"""List my boards"""

import requests


def handler(pd: "pipedream"):
    auth = pd.inputs["trello"]["$auth"]
    url = "https://api.trello.com/1/members/me/boards?filter=open&fields=name,url"
    # Pipedream keeps the secret of the OAuth client, and signs what it is asked to.
    token = {"key": auth["oauth_access_token"], "secret": auth["oauth_refresh_token"]}
    asked = {"requestData": {"method": "get", "url": url}, "token": token}
    signed = requests.post(auth["oauth_signer_uri"], json=asked, timeout=30)
    signed.raise_for_status()
    response = requests.get(url, headers={"Authorization": signed.text}, timeout=30)
    response.raise_for_status()
    return [{"name": board["name"], "url": board["url"]} for board in response.json()]
