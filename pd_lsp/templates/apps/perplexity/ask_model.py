"""Ask a model"""

from openai import OpenAI


def handler(pd: "pipedream"):
    api_key = pd.inputs["perplexity"]["$auth"]["api_key"]
    client = OpenAI(api_key=api_key, timeout=60, base_url="https://api.perplexity.ai")
    answer = client.chat.completions.create(
        model="sonar", messages=[{"role": "user", "content": "What is new in Python?"}]
    )
    return answer.choices[0].message.content
