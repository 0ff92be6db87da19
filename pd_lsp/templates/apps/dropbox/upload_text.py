"""Upload a text file"""

from dropbox import Dropbox
from dropbox.files import WriteMode


def handler(pd: "pipedream"):
    token = pd.inputs["dropbox"]["$auth"]["oauth_access_token"]
    path = "/hello.txt"
    with Dropbox(token, timeout=30) as dropbox:
        dropbox.files_upload(b"Hello from Pipedream!", path, mode=WriteMode("overwrite"))
    return path
