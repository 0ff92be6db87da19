"""List projects"""

import requests


def handler(pd: "pipedream"):
    auth = pd.inputs["azure_devops"]["$auth"]
    organisation = "your-organisation"
    response = requests.get(
        f"https://dev.azure.com/{organisation}/_apis/projects?api-version=7.1",
        auth=(auth["oauth_uid"], auth["personal_access_token"]),
        timeout=30,
    )
    response.raise_for_status()
    return [project["name"] for project in response.json()["value"]]
