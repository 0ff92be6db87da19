"""Read a value"""

from upstash_redis import Redis


def handler(pd: "pipedream"):
    auth = pd.inputs["upstash_redis"]["$auth"]
    redis = Redis(url=auth["upstash_redis_rest_url"], token=auth["uptash_redis_rest_token"])
    return redis.get("your-key")
