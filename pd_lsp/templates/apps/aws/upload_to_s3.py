"""Upload a text file to S3"""

import boto3


def handler(pd: "pipedream"):
    auth = pd.inputs["aws"]["$auth"]
    client = boto3.client(
        "s3",
        region_name="us-east-1",
        aws_access_key_id=auth["accessKeyId"],
        aws_secret_access_key=auth["secretAccessKey"],
    )
    written = client.put_object(Bucket="your-bucket", Key="hello.txt", Body=b"Hello from Pipedream!")
    return written["ETag"]
