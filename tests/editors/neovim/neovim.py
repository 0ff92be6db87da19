"""A real Neovim in a real terminal."""

import contextlib
import json
import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.editors import tmux

ROOT = Path(__file__).parents[3]
PLUGIN = ROOT / "editors" / "neovim"
_COLUMNS, _LINES = 110, 36


class Neovim(tmux.Tmux):
    """One Neovim, installed for one person, with the plugin where a plugin manager puts it."""

    def __init__(self, program: Path, home: Path, folder: Path, init: str) -> None:
        """`init` is the person's init.lua; `home` has nothing in it yet; `folder` is where Neovim is started."""
        super().__init__(_COLUMNS, _LINES)
        self.program = program
        (home / "config" / "nvim").mkdir(parents=True)
        (home / "config" / "nvim" / "init.lua").write_text(init)
        packages = home / "data" / "nvim" / "site" / "pack" / "pd" / "start"
        packages.mkdir(parents=True)
        (packages / "pd-lsp").symlink_to(PLUGIN)
        own = {
            "HOME": str(home),
            **{f"XDG_{kind.upper()}_HOME": str(home / kind) for kind in ("config", "data", "state", "cache")},
            "TERM": "xterm-256color",
            "LC_ALL": "C.UTF-8",
        }
        self.environment = {**os.environ, **own}
        self.folder = folder

    def start(self, *files: str) -> None:
        command = [str(self.program), "--listen", str(self.sockets / "nvim"), *files]
        self.open(command, self.folder, self.environment)
        until((self.sockets / "nvim").exists, self.screen)

        def has_entered() -> bool:
            if "Press ENTER" in self.screen():  # the plugin has said something
                self.type("Enter")
                return False
            with contextlib.suppress(subprocess.TimeoutExpired):  # it has something to say now
                return self.lua("vim.v.vim_did_enter") == 1
            return False

        until(has_entered, self.screen)

    def type(self, *keys: str) -> None:
        """Presses keys as a person does: tmux's names of keys such as `Enter`, and text letter by letter."""
        for key in keys:
            named = re.fullmatch(r"(C-.|Enter|Escape|Tab|Down|Up|Space)", key)
            self.send(*([] if named else ["-l"]), "--", key)

    def type_to_complete(self, before: str, beginning: str) -> None:
        """Types `before`, whose last character asks for completion, and the beginning of what is wanted.

        From 0.11 on a list comes by itself, once nothing was typed for 25 ms: people type slower than that.
        """
        self.type(before)
        if self.lua("vim.lsp.completion ~= nil"):
            self.until("vim.fn.pumvisible() == 1")
            self.type(beginning)
        else:
            self.type(beginning)
            self.type("C-x", "C-o")
            self.until("vim.fn.pumvisible() == 1")

    def command(self, line: str) -> None:
        """Types a command into Neovim's command line."""
        self.type("Escape", f":{line}", "Enter")

    def lua(self, expression: str) -> Any:
        """What an expression of Lua gives in the running Neovim; functions are called by `(function() … end)()`."""
        quoted = expression.replace("'", "''")
        asked = [str(self.program), "--server", str(self.sockets / "nvim"), "--remote-expr"]
        done = subprocess.run(
            [*asked, f"json_encode(luaeval('{quoted}'))"], capture_output=True, text=True, check=False, timeout=5,
            env=self.environment,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr or done.stdout
        return json.loads(done.stdout or done.stderr)  # 0.7 writes it to the other one

    def until_seen(self, text: str) -> str:
        """Waits until `text` stands on the screen; the screen."""
        until(lambda: text in self.screen(), self.screen)
        return self.screen()

    def until(self, expression: str) -> Any:
        """Waits until an expression of Lua is true; what it gives."""
        found: list[Any] = []

        def is_true() -> bool:
            found[:] = [self.lua(expression)]
            return found[0] not in (None, False)

        until(is_true, self.screen)
        return found[0]

    def until_served(self) -> None:
        """Waits until pd-lsp serves the buffer that is open."""
        self.until("vim.tbl_count(vim.api.nvim_buf_get_commands(0, {})) > 0 and #require('pd_lsp.client').all() == 1")

    def choose(self, title: str) -> None:
        """Chooses from a numbered list, as a person does who looks through its pages and types the number."""
        numbered = re.compile(rf"(\d+)[.:] [^\n]*{re.escape(title)}")
        found: list[str] = []

        def is_at_its_end() -> bool:
            screen = self.screen()
            found.extend(numbered.findall(screen))
            if "-- More --" in screen:
                self.type("Space")
            return bool(found) and "Type number and <Enter>" in screen

        until(is_at_its_end, self.screen)
        self.type(found[0], "Enter")

    def until_read(self, text: str) -> None:
        """Waits until a message has been given, leaving each page of messages as a person does."""

        def is_read() -> bool:
            if "Press ENTER" in self.screen():
                self.type("Enter")
                return False
            with contextlib.suppress(subprocess.TimeoutExpired):  # there is one more page by now
                return text in self.lua("vim.fn.execute('messages')").replace("\n", "")
            return False

        until(is_read, self.screen)

    def go_to(self, line: int, column: int = 1) -> None:
        """Puts the cursor there; both count from 1."""
        self.type("Escape", f"{line}G{column}|")
        self.until(f"vim.fn.line('.') == {line}")

    def text(self) -> str:
        """The text of the buffer that is open."""
        return "\n".join(self.lua("vim.api.nvim_buf_get_lines(0, 0, -1, false)"))

    def printed(self) -> str:
        """What stands in the split that shows runs, also what has been scrolled away."""
        lines = "vim.api.nvim_buf_get_lines(require('pd_lsp.state').output.buffer, 0, -1, false)"
        return "\n".join(self.lua(f"require('pd_lsp.state').output and {lines} or {{}}"))

    def until_printed(self, text: str) -> str:
        until(lambda: text in self.printed(), self.screen)
        return self.printed()


def until(condition: Callable[[], bool], shown: Callable[[], str], patience: float = 40.0) -> None:
    """Waits for something to become true; what was on the screen, where it does not."""
    tmux.until(condition, shown, patience)
