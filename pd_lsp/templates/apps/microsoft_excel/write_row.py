"""Append a row to a table"""

import requests


def handler(pd: "pipedream"):
    token = pd.inputs["microsoft_excel"]["$auth"]["oauth_access_token"]
    headers = {"Authorization": f"Bearer {token}"}
    # Where the workbook lies in your OneDrive, and a table in it, with as many columns as the row.
    path, table = "your-folder/your-workbook.xlsx", "Table1"
    url = f"https://graph.microsoft.com/v1.0/me/drive/root:/{path}:/workbook/tables/{table}/rows/add"
    response = requests.post(url, headers=headers, json={"values": [["Made by a workflow", 1]]}, timeout=30)
    response.raise_for_status()
    return response.json()["index"]
