"""Append a row to a spreadsheet"""

import requests


def handler(pd: "pipedream"):
    token = pd.inputs["google_sheets"]["$auth"]["oauth_access_token"]
    headers = {"Authorization": f"Bearer {token}"}
    # The long word between /d/ and /edit in the address of the spreadsheet.
    spreadsheet_id = "your-spreadsheet-id"
    url = f"https://sheets.googleapis.com/v4/spreadsheets/{spreadsheet_id}/values/Sheet1!A1:append"
    params = {"valueInputOption": "USER_ENTERED"}
    row = ["Made by a workflow", 1]
    response = requests.post(url, headers=headers, params=params, json={"values": [row]}, timeout=30)
    response.raise_for_status()
    return response.json()["updates"]
