"""Ask a model"""

# pipedream add-package mistralai
from mistralai.client import Mistral


def handler(pd: "pipedream"):
    api_key = pd.inputs["mistral_ai"]["$auth"]["api_key"]
    with Mistral(api_key=api_key, timeout_ms=60_000) as client:
        answer = client.chat.complete(
            model="mistral-small-latest", messages=[{"role": "user", "content": "Say hello in one short sentence."}]
        )
    return answer.model_dump(mode="json")["choices"][0]["message"]["content"]
