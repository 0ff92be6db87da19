"""Ask a model"""

# pipedream add-package google-auth
from google import genai
from google.oauth2.credentials import Credentials


def handler(pd: "pipedream"):
    token = pd.inputs["google_vertex_ai"]["$auth"]["oauth_access_token"]
    client = genai.Client(
        vertexai=True,
        project="your-project-id",
        location="us-central1",
        credentials=Credentials(token),
        http_options={"timeout": 60_000},
    )
    answer = client.models.generate_content(model="gemini-2.5-flash", contents="Say hello in one short sentence.")
    return answer.text
