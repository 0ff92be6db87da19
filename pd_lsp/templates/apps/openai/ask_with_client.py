"""Ask a model, with the client library"""

from openai import OpenAI


def handler(pd: "pipedream"):
    api_key = pd.inputs["openai"]["$auth"]["api_key"]
    client = OpenAI(api_key=api_key, timeout=60)
    answer = client.responses.create(model="gpt-4o-mini", input="Say hello in one short sentence.")
    return answer.output_text
