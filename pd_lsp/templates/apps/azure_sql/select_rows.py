"""Select rows"""

from contextlib import closing

import pymssql


def handler(pd: "pipedream"):
    auth = pd.inputs["azure_sql"]["$auth"]
    connection = pymssql.connect(
        server=auth["host"],
        port=str(auth["port"]),
        user=auth["username"],
        password=auth["password"],
        database=auth["database"],
        login_timeout=20,
        timeout=60,
    )
    with closing(connection), connection.cursor(as_dict=True) as cursor:
        cursor.execute("SELECT TOP 10 name FROM sys.tables")
        found = cursor.fetchall()
    return found
