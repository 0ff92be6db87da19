"""Ask a model"""

from groq import Groq


def handler(pd: "pipedream"):
    api_key = pd.inputs["groqcloud"]["$auth"]["api_key"]
    client = Groq(api_key=api_key, timeout=60)
    answer = client.chat.completions.create(
        model="llama-3.3-70b-versatile", messages=[{"role": "user", "content": "Say hello in one short sentence."}]
    )
    return answer.choices[0].message.content
