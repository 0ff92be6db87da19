"""Ask a model"""

from cohere import ClientV2, UserChatMessageV2


def handler(pd: "pipedream"):
    api_key = pd.inputs["cohere_platform"]["$auth"]["api_key"]
    client = ClientV2(api_key=api_key, timeout=60)
    question = UserChatMessageV2(content="Say hello in one short sentence.")
    answer = client.chat(model="command-r7b-12-2024", messages=[question])
    return answer.message.dict()
