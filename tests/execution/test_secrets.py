import json
import os
import stat
from pathlib import Path

import pytest

from pd_lsp.credentials import Credentials, Redactor, secrets_of
from tests.execution.running import SLACK, TOKEN, Run, handle

MARKER = "‹slack.oauth_access_token›"
READ = 'token = pd.inputs["slack"]["$auth"]["oauth_access_token"]\n'


def everything(done: Run) -> str:
    return json.dumps(done.result.to_json(), ensure_ascii=False) + "".join(event.text for event in done.events)


async def test_the_step_gets_the_values_of_its_accounts() -> None:
    done = await handle(f"{READ}return [len(token), token[::-1]]", accounts={"slack": SLACK})
    assert done.result.returned == [len(TOKEN), TOKEN[::-1]]


async def test_printing_an_account_shows_every_key_and_no_value() -> None:
    done = await handle('print(pd.inputs["slack"]["$auth"])', accounts={"slack": SLACK})
    assert done.result.stdout == f"{{'oauth_access_token': '{MARKER}', 'team_id': '‹slack.team_id›'}}\n"


@pytest.mark.parametrize(
    "body",
    [
        "print(token)",
        "print(token, file=sys.stderr)",
        "raise ValueError(token)",
        "raise ValueError('a') from KeyError(token)",
        "sys.exit(token)",
        "raise type(token, (Exception,), {})()",
        'pd.export("seen", {"token": [token]})',
        "pd.export(token, 1)",
        "return token",
        'return {token: {"deep": ["before " + token + " after"]}}',
        'pd.respond({"status": 200, "body": token})',
        "pd.flow.exit(token)",
        "pd.flow.rerun(1000, {'token': token})",
        'pd.send.email(subject="s", text=token)',
        "return {1: token}[token]",
        "return pd.inputs[token]",
        "return __import__(token)",
        "return pd.steps[token]",
        "pd.export('x', {token: {1}})",
        "os.write(2, token.encode())\nos.abort()",
        "return getattr(pd, token)",
        "exec('(' + token)",
        "compile('(', token, 'exec')",
    ],
)
async def test_a_value_is_blanked_wherever_it_comes_back(body: str) -> None:
    done = await handle(READ + body, accounts={"slack": SLACK})
    assert TOKEN not in everything(done)
    assert MARKER in everything(done)


async def test_a_long_message_is_blanked_before_it_is_cut() -> None:
    for length in range(8190, 8194):
        done = await handle(
            f"{READ}raise ValueError('x' * {length - len(TOKEN) // 2} + token + 'y' * 70_000)",
            accounts={"slack": SLACK},
        )
        assert TOKEN[:8] not in everything(done)


async def test_values_are_in_no_argument_and_no_environment_of_any_process() -> None:
    done = await handle(
        f"""
        {READ.strip()}
        seen = [sys.argv, getattr(sys, "orig_argv", []), dict(os.environ)]
        parent = os.getppid()
        while parent > 1:
            for name in ("cmdline", "environ"):
                try:
                    with open(f"/proc/{{parent}}/{{name}}", "rb") as file:
                        seen.append(file.read().decode("latin-1"))
                except OSError:
                    pass
            with open(f"/proc/{{parent}}/stat") as file:
                parent = int(file.read().rpartition(")")[2].split()[1])
        return [token in str(seen), "supervisor" in str(seen)]
        """,
        accounts={"slack": SLACK},
        environment={"STEP_SECRET": "made-up-and-long-enough"},
    )
    assert done.result.returned == [False, True]


async def test_the_environment_is_an_allow_list(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = {"LC_TIME": "C", "TZ": "UTC", "https_proxy": "http://127.0.0.1:9", "SSL_CERT_FILE": "/made-up.pem"}
    dropped = {"AWS_SECRET_ACCESS_KEY", "GITHUB_TOKEN", "OPENAI_API_KEY", "SSH_AUTH_SOCK", "PIPEDREAM_API_KEY"}
    dropped |= {"PYTHONPATH", "PYTHONSTARTUP", "LD_PRELOAD", "DYLD_INSERT_LIBRARIES"}
    for name in dropped:
        monkeypatch.setenv(name, "/made-up")
    for name, value in kept.items():
        monkeypatch.setenv(name, value)
    done = await handle("return dict(os.environ)")
    assert {name: done.result.returned.get(name) for name in kept} == kept
    assert not dropped & set(done.result.returned)
    assert {"PATH", "HOME"} <= set(done.result.returned) | ({"PATH", "HOME"} - set(os.environ))


async def test_variables_meant_for_the_step_are_set_inside_and_not_when_its_process_starts() -> None:
    done = await handle(
        """
        try:
            with open("/proc/self/environ", "rb") as file:
                started_with = file.read()
        except OSError:
            started_with = b""
        return [os.environ["TARGET"], b"made-up-channel" in started_with]
        """,
        environment={"TARGET": "made-up-channel"},
    )
    assert done.result.returned == ["made-up-channel", False]


async def test_reserved_variables_are_kept_out_and_named() -> None:
    done = await handle("return sorted(os.environ)", environment={"PIPEDREAM_X": "1", "LD_PRELOAD": "x", "FINE": "1"})
    assert "FINE" in done.result.returned
    assert not {"PIPEDREAM_X", "LD_PRELOAD"} & set(done.result.returned)
    assert "PIPEDREAM_X, LD_PRELOAD" in done.notices


async def test_variables_of_a_sandbox_run_are_there_when_the_process_starts() -> None:
    done = await handle('return os.environ["HTTPS_PROXY"]', process_environment={"HTTPS_PROXY": "http://127.0.0.1:1"})
    assert done.result.returned == "http://127.0.0.1:1"


async def test_the_working_folder_is_private_empty_and_removed() -> None:
    done = await handle(
        """
        folder = os.getcwd()
        found = [folder, os.listdir(folder), os.stat(folder).st_mode & 0o777]
        os.makedirs("deep/er")
        open("deep/er/file", "w").close()
        os.symlink("/", "root")
        os.chmod("deep/er", 0)
        os.chmod("deep", 0)
        return found
        """
    )
    folder, entries, mode = done.result.returned
    assert entries == []
    assert mode == stat.S_IRWXU
    assert not Path(folder).exists()


async def test_a_step_leaves_no_core_file_and_can_not_be_looked_into() -> None:
    done = await handle(
        """
        import ctypes, resource
        return [resource.getrlimit(resource.RLIMIT_CORE), ctypes.CDLL(None).prctl(3, 0, 0, 0, 0)]
        """
    )
    assert done.result.returned == [[0, 0], 0]


async def test_the_supervisor_can_not_be_looked_into_either() -> None:
    done = await handle(
        """
        status = open(f"/proc/{os.getppid()}/limits").read()
        return [line.split()[4:6] for line in status.splitlines() if "core" in line]
        """
    )
    assert done.result.returned == [["0", "0"]]


async def test_the_person_is_told_which_values_are_too_short_to_blank_everywhere() -> None:
    done = await handle("print('4711')", accounts={"bank": Credentials("bank", {"pin": "4711"})})
    assert done.result.notices == ("Short values are blanked only where they stand alone: bank.pin.",)
    assert done.result.stdout == "‹bank.pin›\n"


async def test_a_redactor_that_knows_more_than_the_accounts_blanks_that_too() -> None:
    known = Redactor(secrets_of(Credentials(".env", {"TARGET": "made-up-and-long-enough"})))
    done = await handle(
        'print(os.environ["TARGET"])', environment={"TARGET": "made-up-and-long-enough"}, redactor=known
    )
    assert done.result.stdout == "‹.env.TARGET›\n"
