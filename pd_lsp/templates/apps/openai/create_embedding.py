"""Embed a text"""

from openai import OpenAI


def handler(pd: "pipedream"):
    api_key = pd.inputs["openai"]["$auth"]["api_key"]
    client = OpenAI(api_key=api_key, timeout=60)
    found = client.embeddings.create(model="text-embedding-3-small", input="A sentence to find again.")
    return found.data[0].embedding
