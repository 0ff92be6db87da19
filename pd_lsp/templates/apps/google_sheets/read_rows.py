"""Read rows of a spreadsheet"""

import requests


def handler(pd: "pipedream"):
    token = pd.inputs["google_sheets"]["$auth"]["oauth_access_token"]
    # The long word between /d/ and /edit in the address of the spreadsheet.
    spreadsheet_id = "your-spreadsheet-id"
    cells = "Sheet1!A1:D20"
    headers = {"Authorization": f"Bearer {token}"}
    url = f"https://sheets.googleapis.com/v4/spreadsheets/{spreadsheet_id}/values/{cells}"
    response = requests.get(url, headers=headers, timeout=30)
    response.raise_for_status()
    return response.json().get("values", [])
