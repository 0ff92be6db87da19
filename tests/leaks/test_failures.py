"""Every way to fail that quotes a secret: an API that echoes, keys that can't be had, and mistakes in each layer.

A new layer is a line in LAYERS; a new thing that a service can do is one in ECHOES.
"""

import json
from collections.abc import Callable

import pytest

from pd_lsp.sandbox.exchange import Answer, Delivery, Request
from tests.cli.person import sign_in_arguments
from tests.leaks.showing import step_that_shows
from tests.leaks.world import LOCAL_APP, World

DECOY = "https://decoy.example"


def carried(request: Request) -> str:
    """Every secret that a request brought with it, in one line."""
    body = request.body.decode("utf-8", "replace").replace("\n", " ")
    return f"{request.headers.get('authorization', '')} {body}"


def account_named(request: Request) -> Answer:
    account = {"id": carried(request), "name": 1, "app": carried(request), "credentials": {carried(request): {}}}
    return Answer(200, {"data": [account], **account, "page_info": carried(request)})


ECHOES: dict[str, Callable[[Request], Answer]] = {
    "refuses the question": lambda asked: Answer(400, {"error": carried(asked)}, {"X-Echo": carried(asked)}),
    "refuses the key": lambda asked: Answer(401, {"error": carried(asked)}, {"WWW-Authenticate": carried(asked)}),
    "forbids it": lambda asked: Answer(403, None, content=carried(asked).encode(), reason=carried(asked)),
    "has lost it": lambda asked: Answer(404, {"error": {"message": carried(asked)}}),
    "redirects": lambda asked: Answer(302, None, {"Location": f"{DECOY}/?{carried(asked)}"}),
    "is out of order": lambda asked: Answer(500, {"error": carried(asked)}, {"Retry-After": "0"}),
    "is too busy": lambda asked: Answer(429, {"error": carried(asked)}, {"Retry-After": carried(asked)}),
    "answers no JSON": lambda asked: Answer(200, None, content=b'{"error": ' + carried(asked).encode()),
    "answers another shape": lambda asked: Answer(200, [carried(asked), {carried(asked): 1}]),
    "answers no HTTP": lambda asked: Answer(200, {}, {f"not a header {carried(asked)}\r\n": "x"}),
    "compresses what is not": lambda asked: Answer(
        200, None, {"Content-Encoding": "gzip"}, content=carried(asked).encode()
    ),
    "breaks off": lambda asked: Answer(200, {"error": carried(asked)}, delivery=Delivery.CUT),
    "names its accounts so": account_named,
}


@pytest.fixture
def echoing(world: World) -> World:
    yield world
    world.sandbox.echo = None


@pytest.mark.parametrize("echo", ECHOES.values(), ids=ECHOES)
def test_a_service_that_quotes_what_it_was_asked_with(echoing: World, echo: Callable[[Request], Answer]) -> None:
    before = len(echoing.sandbox.to_others())
    echoing.sandbox.echo = echo
    done = echoing.types("accounts")
    assert len(echoing.sandbox.to_api()) > 0
    assert len(echoing.sandbox.to_others()) == before
    assert "Some may be missing." in done.out
    echoing.check()


def test_a_service_that_names_its_accounts_after_the_key(echoing: World) -> None:
    real = echoing.sandbox.answer

    def answer(asked: Request) -> Answer:
        given = real(asked)
        if isinstance(given.document, dict) and "data" in given.document:
            given.document["data"][0] |= {"name": carried(asked), "app": {"name_slug": "x", "name": carried(asked)}}
        return given

    echoing.sandbox.echo = answer
    assert "quotes the key that it was asked with" in echoing.types("accounts").out
    echoing.check()


@pytest.mark.parametrize("echo", ECHOES.values(), ids=ECHOES)
def test_a_service_that_does_so_once_it_is_asked_for_values(echoing: World, echo: Callable[[Request], Answer]) -> None:
    real, before = echoing.sandbox.answer, len(echoing.sandbox.to_others())
    echoing.sandbox.echo = lambda asked: (echo if "/accounts/apn_" in asked.path else real)(asked)
    step = echoing.step(step_that_shows("print(value)"))
    done = echoing.types("run", step, "--yes", "--json", "--python", echoing.steps_python)
    assert done.code == (0 if echo is account_named else 2)
    assert len(echoing.sandbox.to_others()) == before
    echoing.check()


LAYERS = {
    "HTTP": "httpx:AsyncClient.send",
    "an answer": "pd_lsp.accounts.api_client:_document",
    "names of accounts": "pd_lsp.accounts.names:account_from",
    "values of accounts": "pd_lsp.accounts.answers:values_in",
    "a secret": "pd_lsp.accounts.secret_sources:find_secret",
    "a command that prints a secret": "pd_lsp.accounts.secret_command:printed_by",
    "the cache": "pd_lsp.accounts.cache_file:write_accounts",
    "the .env": "pd_lsp.workflows.dotenv_file:read_dotenv",
    "fetching": "pd_lsp.runs.fetched:fetch",
    "the plan": "pd_lsp.runs.plan:plan_run",
    "secrets": "pd_lsp.credentials.secret:secrets_of",
    "the redactor": "pd_lsp.credentials.redactor:Redactor.redact_json",
    "the stream": "pd_lsp.credentials.redactor:RedactingStream.feed",
    "the request": "pd_lsp.execution.request:encode",
    "the supervisor": "pd_lsp.execution.supervised:SupervisedStep.send",
    "messages": "pd_lsp.execution.messages:Messages.feed",
    "the verdict": "pd_lsp.execution.verdict:verdict",
    "what runs keep": "pd_lsp.workflows.kept_runs:keep_run",
    "the screen": "pd_lsp.runs.summary:summary",
}


@pytest.mark.parametrize("place", LAYERS.values(), ids=LAYERS)
def test_a_mistake_of_ours_that_quotes_every_secret(world: World, place: str) -> None:
    shows = step_that_shows("print(value)", end='pd.inputs["kept_here"]["$auth"]\nreturn auth')
    before = world.mistakes
    done = world.calls(world.broken([place], "run", world.step(shows), "--yes", "--python", world.steps_python))
    assert "Traceback" not in done.err
    world.check()
    assert world.mistakes > before


COMMANDS_WITH_KEYS = (("doctor",), ("whoami",), ("accounts",), ("logout",))


@pytest.mark.parametrize("arguments", COMMANDS_WITH_KEYS, ids=" ".join)
def test_a_keyring_that_quotes_every_secret(world: World, arguments: tuple[str, ...]) -> None:
    done = world.calls(world.with_quoting_keyring(*arguments), PIPEDREAM_CLIENT_SECRET="", PIPEDREAM_API_KEY="")
    assert "keyring" in done.out + done.err
    world.check()


def test_a_keyring_that_quotes_what_it_is_given(world: World) -> None:
    value = world.planted["account kept here"]["GITHUB"].value
    done = world.calls(world.with_quoting_keyring("accounts", "add", "openai"), given=f"api_key={value}\n")
    assert (done.code, "keyring" in done.err) == (2, True)
    world.check()


def test_a_keyring_that_quotes_the_key_that_somebody_signs_in_with(world: World) -> None:
    sign_in = [*sign_in_arguments(world.sandbox), "--connect"]
    done = world.calls(world.with_quoting_keyring(*sign_in), given=f"{world.sandbox.client_secret}\n")
    assert (done.code, "keyring" in done.err) == (2, True)
    world.check()


FAILING_COMMANDS = {
    "not there": ["no-such-program", "{secret}"],
    "says it and fails": ["sh", "-c", 'cat "$0"; cat "$0" >&2; exit 3', "{file}"],
    "prints too much": ["sh", "-c", 'for i in 1 2 3 4 5 6; do cat "$0"; done; cat "$0" >&2', "{file}"],
    "prints no UTF-8": ["sh", "-c", 'cat "$0"; printf "\\377"', "{file}"],
}


@pytest.mark.parametrize("command", FAILING_COMMANDS.values(), ids=FAILING_COMMANDS)
def test_a_command_that_does_not_print_a_secret_well(world: World, command: list[str]) -> None:
    configuration = world.folder / "config" / "pd-lsp" / "config.json"
    before = configuration.read_text()
    file, secret = world.folder / "passwords" / "LONG", world.planted["account kept here"]["TWELVE"].value
    document = json.loads(before)
    words = [word.format(file=file, secret=secret) for word in command]
    document["local_accounts"][0]["values"]["GITHUB"] = {"command": words}
    configuration.write_text(json.dumps(document))
    step = world.step(f'def handler(pd):\n    return pd.inputs["{LOCAL_APP}"]["$auth"]\n')
    done = world.types("run", step, "--yes", "--python", world.steps_python)
    configuration.write_text(before)
    assert (done.code, "pd-lsp: " in done.err) == (2, True)
    world.check()
