"""List users"""

from clerk_backend_api import Clerk
from clerk_backend_api.models import GetUserListRequest


def handler(pd: "pipedream"):
    secret_key = pd.inputs["clerk"]["$auth"]["secret_key"]
    with Clerk(bearer_auth=secret_key, timeout_ms=30_000) as client:
        found = [user.id for user in client.users.list(request=GetUserListRequest(limit=10)) or []]
    return found
