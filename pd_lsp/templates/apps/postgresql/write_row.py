"""Insert a row"""

from contextlib import closing

import psycopg2


def handler(pd: "pipedream"):
    auth = pd.inputs["postgresql"]["$auth"]
    connection = psycopg2.connect(
        host=auth["host"],
        port=auth["port"],
        user=auth["user"],
        password=auth["password"],
        dbname=auth["database"],
        connect_timeout=20,
    )
    with closing(connection), connection.cursor() as cursor:
        # A value never goes into the text of the query: %s stands for it, and the library quotes it.
        cursor.execute("INSERT INTO your_table (name) VALUES (%s)", ("Made by a workflow",))
        connection.commit()
        written = cursor.rowcount
    return written
