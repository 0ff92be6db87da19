import json


def handler(pd: "pipedream"):
  # Reference data from previous steps
  body = pd.steps["trigger"]["event"]["body"]
  if isinstance(body, str):
    body = json.loads(body)
  if "@" not in body.get("email", ""):
    return pd.flow.exit("no e-mail address in the sign-up")
  # Return data for use in future steps
  return {
    "name": body.get("name", "").strip().title(),
    "email": body["email"].lower(),
    "plan": body.get("plan", "free"),
  }
