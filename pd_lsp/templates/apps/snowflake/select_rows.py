"""Select rows"""

import snowflake.connector


def handler(pd: "pipedream"):
    auth = pd.inputs["snowflake"]["$auth"]
    connection = snowflake.connector.connect(
        account=auth["account"],
        user=auth["username"],
        password=auth["password"],
        database=auth["database"],
        schema=auth["schema"],
        warehouse=auth["warehouse"],
        login_timeout=20,
        network_timeout=60,
    )
    with connection, connection.cursor(snowflake.connector.DictCursor) as cursor:
        cursor.execute("SELECT table_schema, table_name FROM information_schema.tables LIMIT 10")
        found = cursor.fetchall()
    return found
