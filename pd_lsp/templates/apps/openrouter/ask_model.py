"""Ask a model"""

from openai import OpenAI


def handler(pd: "pipedream"):
    api_key = pd.inputs["openrouter"]["$auth"]["api_key"]
    client = OpenAI(api_key=api_key, timeout=60, base_url="https://openrouter.ai/api/v1")
    answer = client.chat.completions.create(
        model="openai/gpt-4o-mini", messages=[{"role": "user", "content": "Say hello in one short sentence."}]
    )
    return answer.choices[0].message.content
