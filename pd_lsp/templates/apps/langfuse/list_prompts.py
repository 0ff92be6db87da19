"""List prompts"""

from langfuse.api import LangfuseAPI


def handler(pd: "pipedream"):
    auth = pd.inputs["langfuse"]["$auth"]
    client = LangfuseAPI(
        base_url=f"https://{auth['region']}.langfuse.com", username=auth["public_key"], password=auth["secret_key"]
    )
    return [prompt.name for prompt in client.prompts.list(limit=10).data]
