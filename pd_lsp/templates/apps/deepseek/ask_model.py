"""Ask a model"""

from openai import OpenAI


def handler(pd: "pipedream"):
    api_key = pd.inputs["deepseek"]["$auth"]["api_key"]
    client = OpenAI(api_key=api_key, timeout=60, base_url="https://api.deepseek.com")
    answer = client.chat.completions.create(
        model="deepseek-chat", messages=[{"role": "user", "content": "Say hello in one short sentence."}]
    )
    return answer.choices[0].message.content
