# pipedream add-package slack_sdk
from slack_sdk import WebClient


def handler(pd: "pipedream"):
    token = pd.inputs["slack"]["$auth"]["oauth_access_token"]
    client = WebClient(token=token)
    person = pd.steps["parse_body"]["$return_value"]
    text = pd.steps["welcome_text"]["$return_value"]["text"]
    score = pd.steps.get("score", {}).get("$return_value", {}).get("score", 0)
    print(f"Telling #general about {person['name']}")
    response = client.chat_postMessage(channel="#general", text=f"{person['name']} ({score}): {text}")
    pd.respond({"status": 200, "body": {"posted": True}})
    return {"channel": response["channel"], "ts": response["ts"]}
