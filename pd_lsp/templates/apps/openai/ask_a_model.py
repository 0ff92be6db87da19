"""Ask a model a question"""

import requests


def handler(pd: "pipedream"):
    api_key = pd.inputs["openai"]["$auth"]["api_key"]
    headers = {"Authorization": f"Bearer {api_key}"}
    question = {"role": "user", "content": "Say hello in one short sentence."}
    body = {"model": "gpt-4o-mini", "messages": [question]}
    response = requests.post("https://api.openai.com/v1/chat/completions", headers=headers, json=body, timeout=60)
    response.raise_for_status()
    return response.json()["choices"][0]["message"]["content"]
