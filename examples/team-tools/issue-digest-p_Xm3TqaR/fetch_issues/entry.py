import requests


def handler(pd: "pipedream"):
    token = f'{pd.inputs["github_1"]["$auth"]["oauth_access_token"]}'
    headers = {"Authorization": f'Bearer {token}', "Accept": "application/vnd.github+json"}
    url = "https://api.github.com/repos/octo-work/tools/issues"
    issues = []
    while url:
        r = requests.get(url, headers=headers, params={"per_page": 2} if not issues else None, timeout=20)
        r.raise_for_status()
        issues += [{"number": i["number"], "title": i["title"], "url": i["html_url"]} for i in r.json()]
        url = r.links.get("next", {}).get("url")
        print(f"{len(issues)} issues so far")
    return issues
