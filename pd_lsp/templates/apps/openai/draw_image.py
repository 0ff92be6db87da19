"""Draw an image"""

import base64
from pathlib import Path

from openai import OpenAI


def handler(pd: "pipedream"):
    api_key = pd.inputs["openai"]["$auth"]["api_key"]
    client = OpenAI(api_key=api_key, timeout=120)
    found = client.images.generate(model="gpt-image-1", prompt="A lighthouse, in watercolours", size="1024x1024")
    image = base64.b64decode(found.data[0].b64_json or "") if found.data else b""
    # What a step returns must be small: the image goes to a file, which later steps can read.
    path = Path("/tmp/image.png")
    path.write_bytes(image)
    return str(path)
