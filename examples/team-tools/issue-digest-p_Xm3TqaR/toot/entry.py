import requests


def handler(pd: "pipedream"):
    auth = pd.inputs.get("mastodon", {}).get("$auth", {})
    token = auth.get("access_token")
    if not token:
        raise Exception("Connect a Mastodon account to this step")
    news = pd.steps.get("new_only", {}).get("$return_value") or {}
    r = requests.post(
        f"https://{auth['site_domain']}/api/v1/statuses",
        headers={"Authorization": f"Bearer {token}"},
        data={"status": news.get("title", "No news today")},
        timeout=20,
    )
    r.raise_for_status()
    return {"url": r.json()["url"]}
