"""Find documents"""

from urllib.parse import quote_plus

from pymongo import MongoClient


def handler(pd: "pipedream"):
    auth = pd.inputs["mongodb"]["$auth"]
    user, password = quote_plus(auth["username"]), quote_plus(auth["password"])
    with MongoClient(f"mongodb+srv://{user}:{password}@{auth['hostname']}", timeoutMS=20_000) as client:
        found = client["your-database"]["your-collection"].find({}, {"_id": False}).limit(10)
        result = list(found)
    return result
