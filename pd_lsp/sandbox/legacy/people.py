"""The user whose API key it is, and the workspace (docs/platform.md, section 3)."""

from pd_lsp.sandbox.exchange import Answer

WORKSPACE, OWNER = "o_sandbox", "u_sandbox"
_QUOTA = {"daily_credits_quota": 100, "daily_credits_used": 3}


def me() -> Answer:
    """The answer to `GET /v1/users/me`."""
    workspace = {"id": WORKSPACE, "name": "Sandbox", "orgname": "sandbox", "email": "team@example.com", **_QUOTA}
    user = {"id": OWNER, "username": "sandy", "email": "sandy@example.com", "orgs": [workspace]}
    quotas = {
        "daily_compute_time_quota": 95_400_000,
        "daily_compute_time_used": 8_420,
        "daily_invocations_quota": 27_345,
        "daily_invocations_used": 4,
    }
    return Answer(200, {"data": user | quotas})
