"""Select rows"""

from contextlib import closing

import psycopg2
from psycopg2.extras import RealDictCursor


def handler(pd: "pipedream"):
    auth = pd.inputs["neon_postgres"]["$auth"]
    connection = psycopg2.connect(
        host=auth["host"],
        port=auth["port"],
        user=auth["user"],
        password=auth["password"],
        dbname=auth["database"],
        sslmode="require",
        connect_timeout=20,
    )
    with closing(connection), connection.cursor(cursor_factory=RealDictCursor) as cursor:
        cursor.execute("SELECT table_schema, table_name FROM information_schema.tables LIMIT %s", (10,))
        found = [dict(row) for row in cursor.fetchall()]
    return found
