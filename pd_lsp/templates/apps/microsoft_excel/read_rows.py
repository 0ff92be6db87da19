"""Read rows of a workbook"""

import requests


def handler(pd: "pipedream"):
    token = pd.inputs["microsoft_excel"]["$auth"]["oauth_access_token"]
    headers = {"Authorization": f"Bearer {token}"}
    # Where the workbook lies in your OneDrive.
    path, sheet = "your-folder/your-workbook.xlsx", "Sheet1"
    url = f"https://graph.microsoft.com/v1.0/me/drive/root:/{path}:/workbook/worksheets/{sheet}/usedRange"
    response = requests.get(url, headers=headers, params={"$select": "values"}, timeout=30)
    response.raise_for_status()
    return response.json()["values"]
