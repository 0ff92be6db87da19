"""Create a row"""

import requests


def handler(pd: "pipedream"):
    auth = pd.inputs["baserow"]["$auth"]
    headers = {"Authorization": f"Token {auth['token']}"}
    # The number behind /table/ in the address of the table.
    table_id = "your-table-id"
    # Where Baserow runs on a server of your own, its address takes the place of this one.
    url = f"https://api.baserow.io/api/database/rows/table/{table_id}/"
    row = {"Name": "Made by a workflow"}
    response = requests.post(url, headers=headers, params={"user_field_names": "true"}, json=row, timeout=30)
    response.raise_for_status()
    return response.json()["id"]
