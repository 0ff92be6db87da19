"""Create a record"""

from pyairtable import Api


def handler(pd: "pipedream"):
    token = pd.inputs["airtable_oauth"]["$auth"]["oauth_access_token"]
    # Both are in the address of the table: the words that begin with app and tbl.
    table = Api(token, timeout=(5, 30)).table("your-base-id", "your-table-id")
    return table.create({"Name": "Made by a workflow"})
