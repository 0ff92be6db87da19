"""Insert a row"""

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
    )
    with closing(connection), connection.cursor() as cursor:
        # A value never goes into the text of the query: %s stands for it, and the library quotes it.
        cursor.execute("INSERT INTO your_table (name) VALUES (%s)", ("Made by a workflow",))
        connection.commit()
        written = cursor.rowcount
    return written
