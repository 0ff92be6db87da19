"""List projects"""

from gitlab import Gitlab


def handler(pd: "pipedream"):
    auth = pd.inputs["gitlab"]["$auth"]
    client = Gitlab(f"https://{auth['base_api_url']}", oauth_token=auth["oauth_access_token"], timeout=30)
    return [project.path_with_namespace for project in client.projects.list(membership=True, per_page=20, page=1)]
