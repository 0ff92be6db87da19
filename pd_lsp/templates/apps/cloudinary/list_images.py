"""List images"""

import cloudinary
import cloudinary.api


def handler(pd: "pipedream"):
    auth = pd.inputs["cloudinary"]["$auth"]
    cloudinary.config(cloud_name=auth["cloud_name"], api_key=auth["api_key"], api_secret=auth["api_secret"])
    return cloudinary.api.resources(max_results=10, timeout=30)["resources"]
