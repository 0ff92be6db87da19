"""List tasks"""

from todoist_api_python.api import TodoistAPI


def handler(pd: "pipedream"):
    token = pd.inputs["todoist"]["$auth"]["oauth_access_token"]
    with TodoistAPI(token) as todoist:
        found = [task.content for task in next(iter(todoist.get_tasks(limit=20)), [])]
    return found
