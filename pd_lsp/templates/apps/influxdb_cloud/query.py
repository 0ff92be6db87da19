"""Query a bucket"""

from influxdb_client.client.influxdb_client import InfluxDBClient


def handler(pd: "pipedream"):
    auth = pd.inputs["influxdb_cloud"]["$auth"]
    with InfluxDBClient(url=auth["url"], token=auth["token"], org="your-organisation", timeout=30_000) as client:
        tables = client.query_api().query('from(bucket: "your-bucket") |> range(start: -1h) |> limit(n: 10)')
    return [{"time": row.get_time().isoformat(), "value": row.get_value()} for table in tables for row in table.records]
