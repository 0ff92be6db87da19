"""Measures, side by side in one run, and prints ratios."""

import argparse
import asyncio
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from bench import templates
from bench.accounts import FEW, MANY, measured
from bench.documents import Document, example_steps, long_file
from bench.output import Printing, UnheardError, redacting
from bench.peers.figures import percentile
from bench.pipes import NoAnswerError
from bench.wire import Keystroke, Server, WrongAnswerError, offers

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "examples"
STEPS_PYTHON = ROOT / ".venv-examples" / "bin" / "python"
BARE = (sys.executable, str(ROOT / "bench" / "bare_server.py"))
OURS = (sys.executable, "-m", "pd_lsp", "serve", "--stdio", "--sandbox")
HANDLER = 'import requests\n\n\ndef handler(pd: "pipedream"):\n    return {"status": requests.codes.ok}\n'


def main() -> int:
    """Prints the table; 1 where a server answered wrongly."""
    parser = argparse.ArgumentParser(prog="python -m bench")
    parser.add_argument("--quick", action="store_true", help="fewer rounds, for trying out")
    rounds = 2 if parser.parse_args().quick else 8
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {rounds} rounds. Each row: ours / bare.\n")
    try:
        with tempfile.TemporaryDirectory() as folder:
            os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # a person's Python keeps what it has compiled
            os.environ["XDG_STATE_HOME"] = os.environ["XDG_CACHE_HOME"] = os.environ["XDG_CONFIG_HOME"] = folder
            documents = example_steps(EXAMPLES)
            _first_completion(rounds, documents[0])
            _typing(rounds, documents, "the example steps", EXAMPLES)
            _typing(max(rounds // 2, 1), [long_file(Path(folder))], "a file of 5,000 lines", Path(folder))
            _running(rounds, Path(folder))
            _replaying(25 * rounds, Path(folder))
            _printing(rounds, Path(folder))
            _many_accounts(max(rounds // 2, 1))
            _many_templates(rounds)
    except (WrongAnswerError, NoAnswerError, UnheardError) as error:
        print(error, file=sys.stderr)
        return 1
    print("\nA ratio of 1 is as fast as the bare one. Processor time is the server's own, wall time what one waits.")
    return 0


def _row(name: str, ours: float, bare: float, unit: str = "ms") -> None:
    print(f"  {name:<44} {ours / bare:6.2f} ×   ({ours:8.2f} {unit} / {bare:8.2f} {unit})", flush=True)


def _ready(command: Sequence[str], document: Document, folder: Path) -> Server:
    """A server that has answered its first right completion at the document."""
    server = Server(command, folder)
    if command is OURS:
        server.request("workspace/executeCommand", {"command": "pd.refreshAccounts", "arguments": []})
    server.open(document.path.as_uri(), document.text)
    text, line, column = list(document.typed())[-1]
    _check(server.type(document.path.as_uri(), text, line, column), document.key, document)
    return server


def _check(stroke: Keystroke, expected: str, document: Document) -> None:
    if not offers(stroke.found, expected):
        raise WrongAnswerError(f"{expected} was not offered in {document.name}")


def _first_completion(rounds: int, document: Document) -> None:
    print("From the start of the process to the first right completion")
    took: dict[Sequence[str], list[float]] = {OURS: [], (*OURS[:-1],): [], BARE: []}
    for _ in range(rounds):
        for command, times in took.items():
            server = _ready(command, document, EXAMPLES)
            times.append((time.perf_counter() - server.started) * 1000)
            server.close()
    bare = statistics.median(took[BARE])
    _row("pd-lsp serve (keys of the catalogue)", statistics.median(took[OURS[:-1]]), bare)
    _row("pd-lsp serve --sandbox (keys of accounts)", statistics.median(took[OURS]), bare)


def _typing(rounds: int, documents: list[Document], what: str, folder: Path) -> None:
    print(f"\nA keystroke and its completion, in {what}")
    servers: dict[Sequence[str], Server] = {command: Server(command, folder) for command in (OURS, BARE)}
    servers[OURS].request("workspace/executeCommand", {"command": "pd.refreshAccounts", "arguments": []})
    taken: dict[Sequence[str], list[Keystroke]] = {OURS: [], BARE: []}
    for document in documents:
        for server in servers.values():
            server.open(document.path.as_uri(), document.text)
    for around in range(rounds + 1):
        for document in documents:
            for text, line, column in document.typed():
                for command, server in servers.items():
                    expected = document.key if command is OURS else "oauth_uid"
                    stroke = server.type(document.path.as_uri(), text, line, column)
                    _check(stroke, expected, document)
                    if around:
                        taken[command].append(stroke)
    _compare_typing(taken)
    _compare_answers(servers, documents, rounds)
    for server in servers.values():
        server.close()


def _compare_typing(taken: dict[Sequence[str], list[Keystroke]]) -> None:
    walls = {command: [stroke.wall * 1000 for stroke in strokes] for command, strokes in taken.items()}
    for part in (50, 95, 99):
        ours, bare = (percentile(walls[one], part) for one in (OURS, BARE))
        _row(f"wall time, p{part} of {len(walls[OURS])}", ours, bare)
    ours, bare = (statistics.mean(stroke.processor for stroke in taken[one]) * 1000 for one in (OURS, BARE))
    _row("processor time, mean", ours, bare)


def _compare_answers(servers: dict[Sequence[str], Server], documents: list[Document], rounds: int) -> None:
    for what, ask in (("hover, median", _hover), ("diagnostics after a change, median", _diagnose)):
        ours, bare = (_asked(servers[one], documents, ask, min(rounds, 3)) for one in (OURS, BARE))
        _row(what, ours, bare)
    _row("memory after it", servers[OURS].tree.memory().own, servers[BARE].tree.memory().own, "MB")


def _asked(server: Server, documents: list[Document], ask: Callable[[Server, Document], float], rounds: int) -> float:
    """The median of the milliseconds that one question takes, each time after the key was changed."""
    took = []
    for _ in range(rounds):
        for document in documents:
            server.change(document.path.as_uri(), next(document.typed())[0])
            server.rest()
            took.append(ask(server, document) * 1000)
    return statistics.median(took)


def _hover(server: Server, document: Document) -> float:
    *_, (text, line, column) = document.typed()
    server.change(document.path.as_uri(), text)
    server.rest()
    begun = time.perf_counter()
    if not server.hover(document.path.as_uri(), line, column - 1):
        raise WrongAnswerError(f"Nothing was said of the key in {document.name}")
    return time.perf_counter() - begun


def _diagnose(server: Server, document: Document) -> float:
    *_, (text, _, _) = document.typed()
    return server.diagnostics(document.path.as_uri(), text, 60)[0]


def _running(rounds: int, folder: Path) -> None:
    print("\nA step that imports requests, against the same code with bare python")
    step = folder / "step.py"
    step.write_text(HANDLER)
    bare_code = HANDLER + "\n\nprint(handler(None))\n"
    bare_step = folder / "bare.py"
    bare_step.write_text(bare_code)
    bare = [str(STEPS_PYTHON), str(bare_step)]
    command = [sys.executable, "-m", "pd_lsp", "run", str(step), "--yes", "--json", "--python", str(STEPS_PYTHON)]
    took: dict[str, list[float]] = {"bare": [], "command": [], "core": []}
    for around in range(rounds + 1):
        for name, call in (("bare", _process(bare)), ("command", _process(command)), ("core", lambda: _core(step))):
            begun = time.perf_counter()
            call()
            if around:
                took[name].append((time.perf_counter() - begun) * 1000)
    medians = {name: statistics.median(times) for name, times in took.items()}
    _row("pd-lsp run, the whole command", medians["command"], medians["bare"])
    _row("run_step, as in the server", medians["core"], medians["bare"])


def _replaying(count: int, folder: Path) -> None:
    print(f"\nA replay of {count} events with 2 jobs, against as many runs one after the other")
    step, events = folder / "step.py", folder / "events"
    events.mkdir()
    for number in range(count):
        (events / f"{number}.json").write_text(f'{{"event": {number}}}')
    command = [sys.executable, "-m", "pd_lsp", "replay", str(step), str(events), "--yes", "--jobs", "2"]
    begun = time.perf_counter()
    _process([*command, "--python", str(STEPS_PYTHON)])()
    replayed = time.perf_counter()
    for _ in range(count):
        _core(step)
    _row("pd-lsp replay, the whole command", replayed - begun, time.perf_counter() - replayed, "s")


def _printing(rounds: int, folder: Path) -> None:
    print("\nWhat a step prints, through a run that masks the values of 5 accounts, against a plain pipe")

    def show(name: str, ours: float, bare: float, megabytes: float) -> None:
        speeds = f"({megabytes / ours:6.1f} MB/s / {megabytes / bare:7.1f} MB/s)"
        print(f"  {name:<44} {ours / bare:6.2f} ×   {speeds}", flush=True)

    Printing(STEPS_PYTHON, folder, max(rounds // 2, 1), show).measure(12 * rounds)
    print("\nThe redactor alone, 64 kB at a time")
    for name, speed in redacting(rounds, max(rounds // 2, 1)).items():
        print(f"  {name:<44} {speed:6.1f} MB/s", flush=True)


def _many_accounts(rounds: int) -> None:
    print("\n10,000 accounts of 3,000 apps, against about ten accounts")
    many, few = measured(MANY, rounds), measured(FEW, rounds)
    _row("a refresh", many["refresh"], few["refresh"])
    _row("loading the names at a start", many["load"], few["load"])
    _row("a completion of keys after it", many["keys"], few["keys"])
    _row("a completion of apps after it", many["apps"], few["apps"])
    _row("memory that they take", many["memory"], few["memory"], "MB")


def _many_templates(rounds: int) -> None:
    print("\nCode actions in a handler, 3,000 apps known, against ten")
    many, few = (templates.measured(apps, rounds) for apps in (templates.MANY, templates.FEW))
    _row("processor time, the first", many["first"], few["first"])
    _row("processor time, each after it, median", many["later"], few["later"])
    _row("memory of the catalogue, against its file", many["catalogue"], many["file"], "MB")


def _process(command: Sequence[str]) -> Callable[[], None]:
    def call() -> None:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode or "200" not in done.stdout:
            raise WrongAnswerError(f"{command[:4]} answered {done.stdout!r} {done.stderr!r}")

    return call


def _core(step: Path) -> None:
    from pd_lsp.credentials import Redactor
    from pd_lsp.execution.run import StepRequest, run_step

    request = StepRequest(str(step), HANDLER, STEPS_PYTHON, redactor=Redactor(()))
    result = asyncio.run(run_step(request, lambda _: None))
    if result.returned != {"status": 200}:
        raise WrongAnswerError(f"run_step answered {result}")


if __name__ == "__main__":
    sys.exit(main())
