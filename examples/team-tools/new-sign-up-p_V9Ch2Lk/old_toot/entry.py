import requests


def handler(pd: "pipedream"):
    auth = pd.inputs["mastodon"]["$auth"]
    r = requests.post(
        f'https://{auth["site_domain"]}/api/v1/statuses',
        headers={"Authorization": f'Bearer {auth["access_token"]}'},
        data={"status": "Somebody new is here!"},
        timeout=20,
    )
    r.raise_for_status()
    return r.json()
