"""Ask a model"""

from anthropic import Anthropic


def handler(pd: "pipedream"):
    api_key = pd.inputs["anthropic"]["$auth"]["api_key"]
    client = Anthropic(api_key=api_key, timeout=60)
    answer = client.messages.create(
        model="claude-sonnet-4-5",
        max_tokens=200,
        messages=[{"role": "user", "content": "Say hello in one short sentence."}],
    )
    return [part.model_dump() for part in answer.content]
