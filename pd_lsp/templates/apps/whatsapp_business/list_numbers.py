"""List my phone numbers"""

import requests


def handler(pd: "pipedream"):
    auth = pd.inputs["whatsapp_business"]["$auth"]
    headers = {"Authorization": f"Bearer {auth['permanent_access_token']}"}
    url = f"https://graph.facebook.com/v23.0/{auth['business_account_id']}/phone_numbers"
    response = requests.get(url, headers=headers, timeout=30)
    response.raise_for_status()
    return response.json()["data"]
