"""Search tracks"""

from spotipy import Spotify


def handler(pd: "pipedream"):
    token = pd.inputs["spotify"]["$auth"]["oauth_access_token"]
    client = Spotify(auth=token, requests_timeout=30, retries=1)
    found = client.search("Clair de lune", type="track", limit=5)
    return [track["name"] for track in found["tracks"]["items"]] if found else []
