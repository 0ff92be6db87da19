from pathlib import Path
from typing import Any

import pytest

from tests.execution.running import FILE, SLACK, TOKEN, handle, run


async def test_what_a_step_exports_and_returns_is_in_its_result() -> None:
    done = await handle('pd.export("greeting", {"text": "hello"})\nreturn [1, 2.5, None, True]')
    assert done.result.outcome == "succeeded"
    assert done.result.ok
    assert done.result.error is None
    assert done.result.exports == {"greeting": {"text": "hello"}}
    assert done.result.returned == [1, 2.5, None, True]


async def test_the_result_is_one_json_object() -> None:
    done = await handle('raise ValueError("no such channel")')
    document = done.result.to_json()
    assert document["ok"] is False
    assert document["outcome"] == "raised"
    assert document["error"]["type"] == "ValueError"
    assert document["error"]["message"] == "no such channel"
    assert document["error"]["line"] == 3
    assert document["notices"] == []
    assert document["duration"] > 0


async def test_a_step_that_raises_shows_its_own_lines_only() -> None:
    done = await run(
        """\
        import json

        def read(text):
            return json.loads(text)

        def handler(pd):
            return read("{")
        """
    )
    error = done.result.error
    assert done.result.outcome == "raised"
    assert error is not None
    assert error.type == "JSONDecodeError"
    assert error.line == 4
    assert f'File "{FILE}", line 7, in handler' in error.traceback
    assert 'return read("{")' in error.traceback
    assert error.traceback.count("File ") == 2


async def test_lines_in_a_traceback_are_those_that_ran_and_not_those_of_the_file(tmp_path: Path) -> None:
    file = tmp_path / "entry.py"
    file.write_text("# an older text\n# of the same step\n")
    done = await handle("return 1 / 0", file=str(file))
    assert done.result.error
    assert "return 1 / 0" in done.result.error.traceback
    assert "older text" not in done.result.error.traceback


async def test_exceptions_that_led_to_another_are_shown_as_well() -> None:
    done = await handle(
        """
        try:
            {}["key"]
        except KeyError as error:
            raise RuntimeError("no key") from error
        """
    )
    assert done.result.error
    assert "KeyError: 'key'" in done.result.error.traceback
    assert "RuntimeError: no key" in done.result.error.traceback


async def test_exports_made_before_a_step_raised_are_kept() -> None:
    done = await handle('pd.export("first", 1)\nraise ValueError("x")')
    assert done.result.exports == {"first": 1}


async def test_a_syntax_error_names_its_line() -> None:
    done = await run("def handler(pd):\n    return (1,\n")
    assert done.result.outcome == "raised"
    assert done.result.error
    assert done.result.error.type == "SyntaxError"
    assert done.result.error.line == 2
    assert f'File "{FILE}", line 2' in done.result.error.traceback


async def test_a_zero_byte_in_the_text_is_an_error_of_the_step() -> None:
    done = await run("def handler(pd):\n    return '\0'\n")
    assert done.result.outcome == "raised"


async def test_a_step_without_a_handler_says_how_one_begins() -> None:
    done = await run("")
    assert done.result.outcome == "raised"
    assert done.result.error
    assert done.result.error.message == 'entry.py has no handler: a step begins with `def handler(pd: "pipedream"):`.'


async def test_of_two_handlers_the_last_counts_and_the_person_is_told() -> None:
    done = await run("def handler(pd):\n    return 1\n\ndef handler(pd):\n    return 2\n")
    assert done.result.returned == 2
    assert done.result.notices == ("The step has 2 handlers: the last one counts.",)


async def test_the_parameter_may_have_any_name() -> None:
    done = await run('def handler(pdm: "pipedream"):\n    return pdm.context["run"]["runs"]\n')
    assert done.result.returned == 1


async def test_an_asynchronous_handler_is_awaited() -> None:
    # section 1.1
    done = await run("import asyncio\nasync def handler(pd):\n    await asyncio.sleep(0)\n    return 'awaited'\n")
    assert done.result.returned == "awaited"


async def test_a_guard_for_the_main_module_does_not_run() -> None:
    done = await run("def handler(pd):\n    return __file__\nif __name__ == '__main__':\n    raise SystemExit(3)\n")
    assert done.result.returned == FILE


@pytest.mark.parametrize("code", [0, 7])
async def test_a_step_that_ends_its_python_is_told_what_to_do_instead(code: int) -> None:
    done = await handle(f"os._exit({code})")
    assert done.result.outcome == "crashed"
    assert done.result.error
    assert f"exit code {code}" in done.result.error.message
    assert "use `return` instead" in done.result.error.message


async def test_a_step_that_calls_sys_exit_has_raised() -> None:
    done = await handle("sys.exit(0)")
    assert done.result.outcome == "raised"
    assert done.result.error
    assert done.result.error.line == 3
    assert "pd.flow.exit" in done.notices


async def test_a_crash_in_a_library_is_told_as_one() -> None:
    done = await handle("import ctypes\nctypes.string_at(0)")
    assert done.result.outcome == "crashed"
    assert done.result.error
    assert "SIGSEGV" in done.result.error.message
    assert f'File "{FILE}", line 4 in handler' in done.result.stderr


async def test_reading_standard_input_gives_a_sentence() -> None:
    done = await handle("return input()")
    assert done.result.error
    assert done.result.error.type == "EOFError"
    assert "A step has no standard input" in done.notices


async def test_standard_input_is_empty() -> None:
    done = await handle("return sys.stdin.read() + os.read(0, 10).decode()")
    assert done.result.returned == ""


async def test_a_missing_module_is_named_with_what_to_do() -> None:
    done = await run("import no_such_module_here.part\ndef handler(pd):\n    pass\n")
    assert done.result.error
    assert done.result.error.type == "ModuleNotFoundError"
    assert done.result.error.line == 1
    assert "has no module no_such_module_here: choose an interpreter that has it" in done.notices


async def test_endless_recursion_is_a_result() -> None:
    done = await run("def f(n):\n    return f(n + 1)\ndef handler(pd):\n    return f(0)\n")
    assert done.result.error
    assert done.result.error.type == "RecursionError"
    assert len(done.result.error.traceback) < 5000


async def test_an_exception_that_can_not_be_shown_is_a_result_all_the_same() -> None:
    done = await run(
        """
        class Odd(Exception):
            def __str__(self):
                raise ValueError
        def handler(pd):
            raise Odd
        """
    )
    assert done.result.outcome == "raised"
    assert done.result.error
    assert done.result.error.type == "Odd"


async def test_a_missing_account_is_answered_with_those_that_there_are() -> None:
    done = await handle('return pd.inputs["github"]["$auth"]', accounts={"slack": SLACK})
    assert done.result.error
    assert done.result.error.type == "KeyError"
    assert "This run has in pd.inputs: slack (keys oauth_access_token, team_id)." in done.notices


async def test_a_missing_step_is_answered_with_those_that_there_are() -> None:
    done = await handle('return pd.steps["code"]', steps={"trigger": {"event": {}, "context": {}}})
    assert "This run has in pd.steps: trigger." in done.notices


async def test_an_interpreter_that_is_none_did_not_start(tmp_path: Path) -> None:
    program = tmp_path / "python"
    program.write_bytes(b"\0\1\2 no program")
    program.chmod(0o755)
    done = await handle("return 1", interpreter=program)
    assert done.result.outcome == "not started"
    assert done.result.error
    assert f"{program} could not be started" in done.result.error.message


async def test_an_interpreter_that_ends_at_once_is_named(tmp_path: Path) -> None:
    program = tmp_path / "python"
    program.write_text("#!/bin/sh\necho nothing here >&2\nexit 3\n")
    program.chmod(0o755)
    done = await handle("return 1", interpreter=program)
    assert done.result.outcome == "not started"
    assert done.result.error
    assert f"{program} ended with exit code 3 before the step began" in done.result.error.message
    assert done.result.stderr == "nothing here\n"


async def test_memory_far_past_the_limit_is_refused() -> None:
    done = await handle("return len(bytearray(2_000_000_000))", memory_limit=256)
    assert done.result.error
    assert done.result.error.type == "MemoryError"
    assert "raise the workflow's memory limit" in done.notices


async def test_a_fork_that_returns_speaks_for_nobody() -> None:
    done = await handle(
        """
        child = os.fork()
        if child:
            os.waitpid(child, 0)
        return "parent" if child else "child"
        """
    )
    assert done.result.returned == "parent"


async def test_a_result_that_is_larger_than_the_platform_allows_is_refused() -> None:
    # section 1.9
    done = await handle('return "x" * 7_000_000')
    assert done.result.outcome == "raised"
    assert done.result.returned is None
    assert done.result.error
    assert done.result.error.type == "Function Payload Limit Exceeded"
    assert "6.7 MB" in done.result.error.message


async def test_a_large_result_within_the_limit_arrives() -> None:
    done = await handle('return "x" * 6_000_000')
    assert done.result.returned == "x" * 6_000_000


async def test_a_large_event_reaches_the_step() -> None:
    steps = {"trigger": {"event": {"body": "ä" * 3_000_000}, "context": {}}}
    done = await handle('return len(pd.steps["trigger"]["event"]["body"])', steps=steps)
    assert done.result.returned == 3_000_000


async def test_half_characters_do_no_harm() -> None:
    done = await handle('print(ascii("\\ud800"))\nreturn {"\\ud800": "a\\udfffb"}')
    assert done.result.ok
    assert done.result.returned == {"?": "a?b"}


async def test_places_to_import_from_shadow_nothing(tmp_path: Path) -> None:
    (tmp_path / "json.py").write_text("raise ImportError('shadowed')")
    (tmp_path / "beside_the_step.py").write_text("answer = 42")
    done = await handle("import json, beside_the_step\nreturn beside_the_step.answer", python_path=(tmp_path,))
    assert done.result.returned == 42


async def test_our_own_files_can_not_be_imported_by_accident() -> None:
    done = await handle(
        """
        found = []
        for name in ("pd", "flow", "record", "channel", "data_store", "conversation"):
            try:
                __import__(name)
                found.append(name)
            except ImportError:
                pass
        return found + [place for place in sys.path if place.endswith("runner")]
        """
    )
    assert done.result.returned == []


async def test_a_result_larger_than_the_platform_allows_arrives_where_the_person_allows_it() -> None:
    done = await handle("return 'x' * 10_000_000", size_limit=12 * 1024 * 1024)
    assert done.result.ok
    assert len(str(done.result.returned)) == 10_000_000


async def test_what_is_no_json_is_shown_where_the_person_wants_it() -> None:
    body = """
        class Odd:
            def __repr__(self): raise ValueError("no")
        pd.export("seen", {1, 2})
        return {"when": json, (1, 2): float("nan"), "odd": Odd(), "tuple": (1, "a", None)}
    """
    done = await handle(body, any_value=True)
    assert done.result.ok
    assert done.result.exports == {"seen": [1, 2]}
    assert isinstance(done.result.returned, dict)
    assert done.result.returned.keys() == {"when", "(1, 2)", "odd", "tuple"}
    assert [done.result.returned[key] for key in ("(1, 2)", "odd", "tuple")] == ["nan", "<Odd>", [1, "a", None]]
    assert "seen is a set, which is not JSON" in done.notices
    assert "On the platform the step would fail here." in done.notices


async def test_a_value_that_holds_itself_is_shown_as_far_as_one_can_see() -> None:
    done = await handle("a = []\na.append(a)\nreturn a", any_value=True)
    assert done.result.ok
    assert "holds itself" in done.notices


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ("a = []\na += [a, a]\nreturn a", ["<list>", "<list>"]),
        (
            "child = {'name': 'x'}\nchild['in'] = {'children': [child]}\nreturn child",
            {"name": "x", "in": {"children": ["<dict>"]}},
        ),
        ("return [10 ** 5000, {1}]", ["<int>", [1]]),
    ],
)
async def test_any_value_can_hold_itself_or_be_huge(body: str, shown: Any) -> None:
    assert (await handle(body, any_value=True)).result.returned == shown


async def test_a_long_text_of_an_object_is_not_cut_within_a_secret() -> None:
    body = """
class Held:
    def __repr__(self):
        return "x" * 9980 + pd.inputs["slack_1"]["$auth"]["oauth_access_token"] + "x" * 100
return Held()
"""
    done = await handle(body, accounts={"slack_1": SLACK}, any_value=True)
    assert TOKEN[:8] not in done.result.returned
    assert done.result.returned.startswith("<Held, ")


async def test_a_file_can_not_be_larger_than_the_disk_of_the_platform() -> None:
    # section 1.9; the file has a hole, so that nothing is written
    done = await handle(
        "with open('large', 'wb') as file:\n    file.truncate(2 * 1024**3)\n    file.truncate(2 * 1024**3 + 1)"
    )
    assert done.result.error
    assert (done.result.error.type, done.result.error.line) == ("OSError", 5)
    assert "no file may be larger than 2 GB" in done.notices
