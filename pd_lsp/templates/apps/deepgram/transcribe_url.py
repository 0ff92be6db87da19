"""Transcribe a recording"""

from deepgram import DeepgramClient


def handler(pd: "pipedream"):
    api_key = pd.inputs["deepgram"]["$auth"]["api_key"]
    client = DeepgramClient(api_key=api_key)
    found = client.listen.v1.media.transcribe_url(url="https://dpgr.am/spacewalk.wav", model="nova-3")
    return found.model_dump(mode="json")
