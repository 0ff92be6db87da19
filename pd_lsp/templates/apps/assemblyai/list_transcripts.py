"""List transcripts"""

import assemblyai


def handler(pd: "pipedream"):
    assemblyai.settings.api_key = pd.inputs["assemblyai"]["$auth"]["api_key"]
    found = assemblyai.Transcriber().list_transcripts()
    return [transcript.id for transcript in found.transcripts]
