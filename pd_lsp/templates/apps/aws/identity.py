"""Show my identity"""

import boto3


def handler(pd: "pipedream"):
    auth = pd.inputs["aws"]["$auth"]
    client = boto3.client(
        "sts",
        region_name="us-east-1",
        aws_access_key_id=auth["accessKeyId"],
        aws_secret_access_key=auth["secretAccessKey"],
    )
    return client.get_caller_identity()["Arn"]
