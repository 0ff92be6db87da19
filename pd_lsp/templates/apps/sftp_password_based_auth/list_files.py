"""List files"""

import paramiko


def handler(pd: "pipedream"):
    auth = pd.inputs["sftp_password_based_auth"]["$auth"]
    with paramiko.SSHClient() as client:
        # Takes whatever key the host shows: load_host_keys() where that matters.
        client.set_missing_host_key_policy(paramiko.AutoAddPolicy())
        client.connect(auth["host"], username=auth["username"], password=auth["password"], timeout=20)
        with client.open_sftp() as sftp:
            found = sftp.listdir(".")
    return found
