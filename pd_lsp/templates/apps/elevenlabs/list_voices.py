"""List voices"""

from elevenlabs.client import ElevenLabs


def handler(pd: "pipedream"):
    api_key = pd.inputs["elevenlabs"]["$auth"]["api_key"]
    client = ElevenLabs(api_key=api_key, timeout=30)
    return [voice.name for voice in client.voices.get_all().voices]
