"""List unread messages"""

import requests


def handler(pd: "pipedream"):
    token = pd.inputs["microsoft_outlook"]["$auth"]["oauth_access_token"]
    headers = {"Authorization": f"Bearer {token}"}
    url = "https://graph.microsoft.com/v1.0/me/messages"
    params = {"$filter": "isRead eq false", "$top": 10, "$select": "subject,from,receivedDateTime"}
    response = requests.get(url, headers=headers, params=params, timeout=30)
    response.raise_for_status()
    return response.json()["value"]
