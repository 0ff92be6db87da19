"""Search the web"""

# pipedream add-package serpapi
import serpapi


def handler(pd: "pipedream"):
    api_key = pd.inputs["serpapi"]["$auth"]["api_key"]
    client = serpapi.Client(api_key=api_key, timeout=30)
    found = client.search(engine="google", q="Pipedream")
    return found.as_dict().get("organic_results", [])
