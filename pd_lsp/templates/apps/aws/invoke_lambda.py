"""Invoke a Lambda function"""

import json

import boto3


def handler(pd: "pipedream"):
    auth = pd.inputs["aws"]["$auth"]
    client = boto3.client(
        "lambda",
        region_name="us-east-1",
        aws_access_key_id=auth["accessKeyId"],
        aws_secret_access_key=auth["secretAccessKey"],
    )
    answer = client.invoke(FunctionName="your-function", Payload=json.dumps({"from": "a workflow"}))
    return json.loads(answer["Payload"].read())
