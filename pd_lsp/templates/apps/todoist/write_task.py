"""Create a task"""

from todoist_api_python.api import TodoistAPI


def handler(pd: "pipedream"):
    token = pd.inputs["todoist"]["$auth"]["oauth_access_token"]
    with TodoistAPI(token) as todoist:
        task = todoist.add_task("Made by a workflow", due_string="tomorrow")
    return task.to_dict()
