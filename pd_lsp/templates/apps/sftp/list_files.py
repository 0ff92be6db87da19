"""List files"""

import io

import paramiko


def handler(pd: "pipedream"):
    auth = pd.inputs["sftp"]["$auth"]
    key = paramiko.PKey.from_private_key(io.StringIO(auth["privateKey"]))
    with paramiko.SSHClient() as client:
        # Takes whatever key the host shows: load_host_keys() where that matters.
        client.set_missing_host_key_policy(paramiko.AutoAddPolicy())
        client.connect(auth["host"], username=auth["username"], pkey=key, timeout=20)
        with client.open_sftp() as sftp:
            found = sftp.listdir(".")
    return found
