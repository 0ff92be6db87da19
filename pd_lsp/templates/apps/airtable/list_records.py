"""List records of a table"""

from pyairtable import Api


def handler(pd: "pipedream"):
    api_key = pd.inputs["airtable"]["$auth"]["api_key"]
    # Both are in the address of the table: the words that begin with app and tbl.
    table = Api(api_key, timeout=(5, 30)).table("your-base-id", "your-table-id")
    return table.all(max_records=20)
