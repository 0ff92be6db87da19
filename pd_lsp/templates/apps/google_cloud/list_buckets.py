"""List storage buckets"""

# pipedream add-package google-auth
# pipedream add-package google-cloud-storage
import json

from google.cloud import storage
from google.oauth2.service_account import Credentials


def handler(pd: "pipedream"):
    key = json.loads(pd.inputs["google_cloud"]["$auth"]["key_json"])
    client = storage.Client(project=key["project_id"], credentials=Credentials.from_service_account_info(key))
    return [bucket.name for bucket in client.list_buckets(timeout=30)]
