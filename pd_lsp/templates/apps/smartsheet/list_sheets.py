"""List sheets"""

from smartsheet import Smartsheet


def handler(pd: "pipedream"):
    token = pd.inputs["smartsheet"]["$auth"]["oauth_access_token"]
    client = Smartsheet(token)
    client.errors_as_exceptions(True)
    return client.Sheets.list_sheets(page_size=20).to_dict()
