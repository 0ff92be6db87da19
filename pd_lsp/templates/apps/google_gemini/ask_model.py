"""Ask a model"""

from google import genai


def handler(pd: "pipedream"):
    api_key = pd.inputs["google_gemini"]["$auth"]["api_key"]
    client = genai.Client(api_key=api_key, http_options={"timeout": 60_000})
    answer = client.models.generate_content(model="gemini-2.5-flash", contents="Say hello in one short sentence.")
    return answer.text
