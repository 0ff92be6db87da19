"""What leads elsewhere, over the wire: one happy path each, in every unit that columns are counted in."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.test_odd_messages import HELLO, Wire
from tests.marker import marked

WORKFLOW = """\
name: "Flow"\r
steps:\r
- {namespace: "first", uses: "./first/entry.py"}\r
- {"😀é": 1, namespace: "second", uses: "./second/entry.py", props: {__configurableProps: [\
{"😀é": 1, name: slack, app: slack, type: app}]}}\r
"""
FIRST = '"😀é"\r\ndef handler(pd):\r\n    return {"😀é": 1, "key": 2}\r\n'
ACCOUNTS = '{"accounts": [{"app": "slack", "label": "Team 😀", "keys": ["bot_token"]}]}'
FILES = {"workflow.yaml": WORKFLOW, "first/entry.py": FIRST, "second/entry.py": "", "pd-lsp.json": ACCOUNTS}
WHOLE = {"start": {"line": 0, "character": 0}, "end": {"line": 9, "character": 0}}
CODECS = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}


class Session:
    """An editor that has the second step of a workflow open."""

    def __init__(self, folder: Path, unit: str, *, trusts: bool = True, **options: Any) -> None:
        self.wire, self.unit, self.folder = Wire(), unit, folder / "flow-p_1"
        self.step = self.folder / "second" / "entry.py"
        for name, text in FILES.items():
            (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
            (self.folder / name).write_bytes(text.encode())
        trusted = {"trustedFolders": [folder.as_uri()] if trusts else [], **options}
        capabilities = {
            "general": {"positionEncodings": [unit]},
            "textDocument": {"definition": {"linkSupport": unit != "utf-32"}},
        }
        self.wire.send({**HELLO, "params": {"capabilities": capabilities, "initializationOptions": trusted}})
        self.capabilities = self.wire.hear(id=1)["result"]["capabilities"]

    def ask(self, method: str, line: str, **params: Any) -> Any:
        """The answer at the `$0` in a handler that holds `line`."""
        self.text, offset = marked(f"def handler(pd):\n    '😀é'; {line}\n")
        uri = self.step.as_uri()
        document = {"uri": uri, "languageId": "python", "version": 1, "text": self.text}
        self.wire.send({"jsonrpc": "2.0", "method": "textDocument/didOpen", "params": {"textDocument": document}})
        asked = {"textDocument": {"uri": uri}, "position": self._position(offset), **params}
        self.wire.send({"jsonrpc": "2.0", "id": method, "method": f"textDocument/{method}", "params": asked})
        return self.wire.hear(id=method)["result"]

    def text_at(self, place: dict[str, Any], uri: str | None = None) -> str:
        """What a range covers in the document, or in another file of the workflow."""
        text = self.text if uri in (None, self.step.as_uri()) else Path(uri[len("file://") :]).read_bytes().decode()
        codec, size = CODECS[self.unit]
        assert place["start"]["line"] == place["end"]["line"]
        line = text.splitlines()[place["start"]["line"]].encode(codec)
        return line[place["start"]["character"] * size : place["end"]["character"] * size].decode(codec)

    def _position(self, offset: int) -> dict[str, int]:
        before = self.text[:offset].split("\n")
        codec, size = CODECS[self.unit]
        return {"line": len(before) - 1, "character": len(before[-1].encode(codec)) // size}

    def leave(self) -> None:
        self.wire.send({"jsonrpc": "2.0", "method": "exit"})
        self.wire.process.communicate(timeout=20)


@pytest.fixture(params=list(CODECS))
def session(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Session]:
    session = Session(tmp_path.resolve(), request.param, inlayHints=True)
    yield session
    session.leave()


def test_a_key_leads_into_the_file_that_gives_it(session: Session) -> None:
    [found] = session.ask("definition", 'pd.steps["first"]["$return_value"]["k$0ey"]')
    uri = (session.folder / "first" / "entry.py").as_uri()
    if session.unit == "utf-32":  # an editor that takes no links
        assert found == {"uri": uri, "range": found["range"]}
        assert session.text_at(found["range"], uri) == '"key"'
        return
    assert found["targetUri"] == uri
    assert session.text_at(found["targetSelectionRange"], uri) == '"key"'
    assert session.text_at(found["targetRange"], uri) == '"key": 2'
    assert session.text_at(found["originSelectionRange"]) == '"key"'


def test_references_are_found_in_every_file_of_the_workflow(session: Session) -> None:
    found = session.ask("references", 'pd.inputs["sl$0ack"]', context={"includeDeclaration": True})
    files = [Path(one["uri"]).name for one in found]
    assert files == ["workflow.yaml", "entry.py"]
    assert [session.text_at(one["range"], one["uri"]) for one in found] == ["slack", '"slack"']


def test_the_same_keys_are_marked(session: Session) -> None:
    found = session.ask("documentHighlight", 'pd.steps["fir$0st"], pd.steps["first"]')
    assert [session.text_at(one["range"]) for one in found] == ['"first"', '"first"']


def test_an_app_leads_to_its_page(session: Session) -> None:
    [found] = session.ask("documentLink", 'pd.inputs["slack"]$0')
    assert session.text_at(found["range"]) == '"slack"'
    assert found["target"] == "https://pipedream.com/apps/slack"


def test_the_account_is_shown_behind_its_app_where_that_was_asked_for(session: Session) -> None:
    [hint] = session.ask("inlayHint", 'pd.inputs["slack"]$0["$auth"]', range=WHOLE)
    assert hint["label"] == "Team 😀"
    start = {"line": hint["position"]["line"], "character": 0}
    assert session.text_at({"start": start, "end": hint["position"]}).endswith('pd.inputs["slack"]')


def test_of_a_folder_that_nobody_trusts_nothing_is_told(tmp_path: Path) -> None:
    session = Session(tmp_path.resolve(), "utf-16", trusts=False)
    assert session.ask("definition", 'pd.steps["fir$0st"]') is None
    found = session.ask("references", 'pd.steps["fir$0st"]', context={"includeDeclaration": True})
    assert [session.text_at(one["range"], one["uri"]) for one in found] == ['"first"']
    session.leave()


def test_without_being_asked_for_no_account_is_shown(tmp_path: Path) -> None:
    session = Session(tmp_path.resolve(), "utf-16")
    assert not session.ask("inlayHint", 'pd.inputs["slack"]$0["$auth"]', range=WHOLE)
    session.leave()
