"""Ask a model"""

from openai import AzureOpenAI


def handler(pd: "pipedream"):
    auth = pd.inputs["azure_openai_service"]["$auth"]
    client = AzureOpenAI(
        api_key=auth["api_key"],
        azure_endpoint=f"https://{auth['resource_name']}.openai.azure.com",
        api_version="2024-10-21",
        timeout=60,
    )
    answer = client.chat.completions.create(
        model=auth["deployment_name"], messages=[{"role": "user", "content": "Say hello in one short sentence."}]
    )
    return answer.choices[0].message.content
