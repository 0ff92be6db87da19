"""Select rows"""

from contextlib import closing

import pymysql


def handler(pd: "pipedream"):
    auth = pd.inputs["mysql"]["$auth"]
    connection = pymysql.connect(
        host=auth["host"],
        port=int(auth["port"]),
        user=auth["username"],
        password=auth["password"],
        database=auth["database"],
        connect_timeout=20,
        read_timeout=60,
        write_timeout=60,
        cursorclass=pymysql.cursors.DictCursor,
    )
    with closing(connection), connection.cursor() as cursor:
        cursor.execute("SELECT table_name AS name FROM information_schema.tables LIMIT %s", (10,))
        found = list(cursor.fetchall())
    return found
