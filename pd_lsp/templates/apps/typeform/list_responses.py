"""List the responses to a form"""

import requests


def handler(pd: "pipedream"):
    token = pd.inputs["typeform"]["$auth"]["oauth_access_token"]
    headers = {"Authorization": f"Bearer {token}"}
    # The word behind /to/ in the address of the form.
    form_id = "your-form-id"
    url = f"https://api.typeform.com/forms/{form_id}/responses"
    response = requests.get(url, headers=headers, params={"page_size": 20}, timeout=30)
    response.raise_for_status()
    return response.json()["items"]
