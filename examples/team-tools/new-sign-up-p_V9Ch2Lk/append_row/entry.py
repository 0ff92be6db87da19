import requests

SHEET = "1sAnDbOxSheet"


def handler(pd: "pipedream"):
    token = f'{pd.inputs["google_sheets"]["$auth"]["oauth_access_token"]}'
    authorization = f'Bearer {token}'
    headers = {"Authorization": authorization}
    person = pd.steps["parse_body"]["$return_value"]
    r = requests.post(
        f'https://sheets.googleapis.com/v4/spreadsheets/{SHEET}/values/Sign-ups!A:C:append',
        headers=headers,
        params={"valueInputOption": "RAW"},
        json={"values": [[person["name"], person["email"], person["plan"]]]},
        timeout=20,
    )
    r.raise_for_status()
    # Export the data for use in future steps
    return r.json()["updates"]
