"""A real keyring for a test in VS Code: prints the environment that finds it, and ends with its standard input."""

import json
import sys
from pathlib import Path

from tests.accounts.real_keyring import real_keyring
from tests.cli.person import kept_in

with real_keyring(Path(sys.argv[1])) as keyring:
    names = ("DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR")
    print(json.dumps({name: keyring.environment[name] for name in names}), flush=True)
    for _ in sys.stdin:  # each line asks for what pd-lsp keeps there now
        print(json.dumps(kept_in(keyring)), flush=True)
