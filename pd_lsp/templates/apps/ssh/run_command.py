"""Run a command"""

import io

import paramiko


def handler(pd: "pipedream"):
    auth = pd.inputs["ssh"]["$auth"]
    key = paramiko.PKey.from_private_key(io.StringIO(auth["privateKey"]))
    with paramiko.SSHClient() as client:
        # Takes whatever key the host shows: load_host_keys() where that matters.
        client.set_missing_host_key_policy(paramiko.AutoAddPolicy())
        client.connect(auth["host"], int(auth["port"]), auth["username"], pkey=key, timeout=20)
        _, output, _ = client.exec_command("uptime", timeout=20)
        found = output.read().decode()
    return found
