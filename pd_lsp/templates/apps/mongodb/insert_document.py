"""Insert a document"""

from urllib.parse import quote_plus

from pymongo import MongoClient


def handler(pd: "pipedream"):
    auth = pd.inputs["mongodb"]["$auth"]
    user, password = quote_plus(auth["username"]), quote_plus(auth["password"])
    with MongoClient(f"mongodb+srv://{user}:{password}@{auth['hostname']}", timeoutMS=20_000) as client:
        written = client["your-database"]["your-collection"].insert_one({"made_by": "a workflow"})
        found = str(written.inserted_id)
    return found
