"""Count users by day"""

import requests


def handler(pd: "pipedream"):
    token = pd.inputs["google_analytics"]["$auth"]["oauth_access_token"]
    headers = {"Authorization": f"Bearer {token}"}
    # The number in the settings of the property.
    property_id = "your-property-id"
    url = f"https://analyticsdata.googleapis.com/v1beta/properties/{property_id}:runReport"
    report = {
        "dateRanges": [{"startDate": "28daysAgo", "endDate": "today"}],
        "dimensions": [{"name": "date"}],
        "metrics": [{"name": "activeUsers"}],
    }
    response = requests.post(url, headers=headers, json=report, timeout=30)
    response.raise_for_status()
    return response.json().get("rows", [])
