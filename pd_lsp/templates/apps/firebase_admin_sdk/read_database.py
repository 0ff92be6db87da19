"""Read from the realtime database"""

import firebase_admin
from firebase_admin import credentials, db


def handler(pd: "pipedream"):
    auth = pd.inputs["firebase_admin_sdk"]["$auth"]
    key = {
        "type": "service_account",
        "project_id": auth["projectId"],
        "client_email": auth["clientEmail"],
        # Pasted keys often have their line ends as two characters.
        "private_key": auth["privateKey"].replace("\\n", "\n"),
        "token_uri": "https://oauth2.googleapis.com/token",
    }
    url = f"https://{auth['projectId']}-default-rtdb.firebaseio.com"
    app = firebase_admin.initialize_app(credentials.Certificate(key), {"databaseURL": url})
    return db.reference("/", app=app).get(shallow=True)
