"""Show my account"""

from huggingface_hub import HfApi


def handler(pd: "pipedream"):
    token = pd.inputs["hugging_face"]["$auth"]["access_token"]
    return HfApi(token=token).whoami()
