"""Create a task"""

# pipedream add-package google-auth
from google.oauth2.credentials import Credentials
from googleapiclient.discovery import build


def handler(pd: "pipedream"):
    token = pd.inputs["google_tasks"]["$auth"]["oauth_access_token"]
    with build("tasks", "v1", credentials=Credentials(token)) as tasks:
        created = tasks.tasks().insert(tasklist="@default", body={"title": "Made by a workflow"}).execute()
    return created
