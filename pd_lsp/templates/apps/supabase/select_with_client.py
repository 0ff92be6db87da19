"""Select rows, with the client library"""

from supabase import create_client


def handler(pd: "pipedream"):
    auth = pd.inputs["supabase"]["$auth"]
    client = create_client(f"https://{auth['subdomain']}.supabase.co", auth["service_key"])
    found = client.table("your-table").select("*").limit(10).execute()
    return found.data
