"""Create a task"""

import asana


def handler(pd: "pipedream"):
    configuration = asana.Configuration()
    configuration.access_token = pd.inputs["asana"]["$auth"]["oauth_access_token"]
    client = asana.ApiClient(configuration)
    # The number behind /project/ in the address of the project.
    task = {"data": {"name": "Made by a workflow", "projects": ["your-project-id"]}}
    return asana.TasksApi(client).create_task(task, {}, _request_timeout=30)
