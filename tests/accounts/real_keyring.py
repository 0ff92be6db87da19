"""A real Secret Service for tests: gnome-keyring on a bus of its own, where nothing can ask the person anything."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import ROOT

_BUS = """<busconfig>
  <type>session</type>
  <listen>unix:path={socket}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default"><allow send_destination="*"/><allow receive_sender="*"/><allow own="*"/></policy>
</busconfig>"""

_WAIT_FOR_KEYRING = """
from jeepney import DBusAddress, MatchRule, message_bus, new_method_call
from jeepney.io.blocking import Proxy, open_dbus_connection
bus = open_dbus_connection()
rule = MatchRule(type="signal", interface=message_bus.interface, member="NameOwnerChanged")
rule.add_arg_condition(0, "org.freedesktop.secrets")
proxy = Proxy(message_bus, bus)
with bus.filter(rule) as changes:
    proxy.AddMatch(rule)
    if not proxy.NameHasOwner("org.freedesktop.secrets")[0]:
        bus.recv_until_filtered(changes, timeout=60)
bus.close()
"""

_LOCK = """
import secretstorage
bus = secretstorage.dbus_init()
secretstorage.get_default_collection(bus).lock()
bus.close()
"""


@dataclass(frozen=True)
class RealKeyring:
    """A keyring that is running, and what programs need in their environment to find it."""

    environment: dict[str, str]
    daemon: subprocess.Popen[bytes]

    def python(self, code: str) -> str:
        """What a fresh interpreter prints that runs `code` with this keyring; its standard error must stay empty."""
        command = [sys.executable, "-X", "dev", "-c", code]
        done = subprocess.run(command, check=False, env=self.environment, capture_output=True, text=True, timeout=120)
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout.strip()

    def lock(self) -> None:
        self.python(_LOCK)

    @contextmanager
    def hanging(self) -> Iterator[None]:
        """The keyring is there, and answers nothing."""
        self.daemon.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self.daemon.send_signal(signal.SIGCONT)


@contextmanager
def real_keyring(folder: Path) -> Iterator[RealKeyring]:
    """Starts bus and keyring, unlocked, with everything they write in `folder`, and ends them.

    Skips where they are not installed, and fails there in CI.
    """
    missing = [program for program in ("dbus-daemon", "gnome-keyring-daemon") if not shutil.which(program)]
    if missing and os.environ.get("CI"):
        pytest.fail(f"{' and '.join(missing)} must be installed here: see .ci/run.")
    if missing:
        pytest.skip(f"{' and '.join(missing)} not installed: apt install dbus gnome-keyring")
    socket = folder / "run" / "bus"
    socket.parent.mkdir(mode=0o700)
    (folder / "bus.conf").write_text(_BUS.format(socket=socket))
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "HOME": str(folder),
        "XDG_RUNTIME_DIR": str(socket.parent),
        "DBUS_SESSION_BUS_ADDRESS": f"unix:path={socket}",
    }
    bus = _start(environment, "dbus-daemon", f"--config-file={folder / 'bus.conf'}", "--nofork", "--print-address=1")
    try:
        assert bus.stdout
        assert bus.stdout.readline()
        daemon = _start(environment, "gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets")
        try:
            assert daemon.stdin
            daemon.stdin.write(b"a made-up password")
            daemon.stdin.close()
            keyring = RealKeyring(environment, daemon)
            keyring.python(_WAIT_FOR_KEYRING)
            yield keyring
        finally:
            _end(daemon)
    finally:
        _end(bus)


def _start(environment: dict[str, str], *command: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    with process:
        pass
