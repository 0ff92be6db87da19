"""List my open tasks"""

import asana


def handler(pd: "pipedream"):
    configuration = asana.Configuration()
    configuration.access_token = pd.inputs["asana"]["$auth"]["oauth_access_token"]
    configuration.return_page_iterator = False
    client = asana.ApiClient(configuration)
    # My account lists the workspaces.
    options = {"assignee": "me", "workspace": "your-workspace-id", "completed_since": "now", "limit": 20}
    return asana.TasksApi(client).get_tasks(options, _request_timeout=30)
