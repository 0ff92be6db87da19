"""Send a message"""

import requests


def handler(pd: "pipedream"):
    token = pd.inputs["whatsapp_business"]["$auth"]["permanent_access_token"]
    headers = {"Authorization": f"Bearer {token}"}
    # The id of your number, and whom to write to: people who wrote to you within a day.
    phone_number_id, to = "your-phone-number-id", "15550100"
    message = {"messaging_product": "whatsapp", "to": to, "type": "text", "text": {"body": "Hello from Pipedream!"}}
    url = f"https://graph.facebook.com/v23.0/{phone_number_id}/messages"
    response = requests.post(url, headers=headers, json=message, timeout=30)
    response.raise_for_status()
    return response.json()["messages"]
