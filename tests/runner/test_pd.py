"""Each member of `pd`, in a real run. The sections are those of docs/platform.md."""

import pytest

from tests.execution.running import SLACK, TOKEN, handle

HTTP = {"trigger": {"event": {"method": "POST", "body": {"name": "Ada"}}, "context": {"id": "1"}}}


# inputs: sections 1.2 and 1.4


async def test_inputs_hold_each_account_under_the_name_of_its_prop() -> None:
    body = 'return [sorted(pd.inputs), pd.inputs["slack_1"]["$auth"]["oauth_access_token"][::-1]]'
    done = await handle(body, accounts={"slack_1": SLACK})
    assert done.result.returned == [["slack_1"], TOKEN[::-1]]


async def test_inputs_can_be_asked_for_what_is_not_there() -> None:
    done = await handle('return [pd.inputs.get("max_results", 10), "slack" in pd.inputs, pd.inputs]')
    assert done.result.returned == [10, False, {}]


# steps: section 1.3


async def test_steps_hold_the_event_and_context_of_the_trigger() -> None:
    body = 'return [pd.steps["trigger"]["event"]["body"]["name"], pd.steps["trigger"]["context"]["id"]]'
    done = await handle(body, steps=HTTP)
    assert done.result.returned == ["Ada", "1"]


async def test_steps_hold_what_earlier_ones_returned_and_exported() -> None:
    steps = {"code": {"$return_value": {"n": 1}, "named": 2}}
    done = await handle('return [pd.steps["code"]["$return_value"]["n"], pd.steps["code"]["named"]]', steps=steps)
    assert done.result.returned == [1, 2]


# export and return: sections 1.2 and 1.9


async def test_the_last_export_of_a_name_counts() -> None:
    done = await handle('pd.export("n", 1)\npd.export("n", 2)\npd.export("m", None)')
    assert done.result.exports == {"n": 2, "m": None}


async def test_what_was_exported_does_not_change_afterwards() -> None:
    done = await handle('value = [1]\npd.export("value", value)\nvalue.append(2)')
    assert done.result.exports == {"value": [1]}


async def test_tuples_become_lists_and_keys_become_strings() -> None:
    done = await handle("return {1: (1, 2), None: True}")
    assert done.result.returned == {"1": [1, 2], "null": True}


async def test_a_step_that_returns_nothing_has_no_return_value() -> None:
    done = await handle("pass")
    assert done.result.ok
    assert done.result.returned is None


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ('return {"items": [1, 2, 3, {4}]}', "$return_value.items[3] is a set, which is not JSON"),
        ('return {"a": float("nan")}', "$return_value.a is nan, which JSON does not have"),
        ('return [float("-inf")]', "$return_value[0] is -inf, which JSON does not have"),
        ("import datetime\nreturn datetime.date(2026, 1, 2)", "$return_value is a date, which is not JSON"),
        ("return b'bytes'", "$return_value is a bytes, which is not JSON"),
        ("return (n for n in [1])", "$return_value is a generator, which is not JSON"),
        ("return pd", "$return_value is a Pipedream, which is not JSON"),
        ('return {(1, 2): "x"}', "$return_value has a key that is a tuple: keys are strings in JSON"),
        ('pd.export("found", {"ids": {1}})', "found.ids is a set, which is not JSON"),
        ('pd.export({}, "found")', "the name {} is not a string"),
        ("a = []\na.append(a)\nreturn a", "is nested more than 256 levels deep, or holds itself"),
        ("a = []\nfor n in range(257):\n    a = [a]\nreturn a", "$return_value is nested more than 256 levels deep"),
    ],
)
async def test_what_is_no_json_is_refused_with_its_place(body: str, sentence: str) -> None:
    done = await handle(body)
    assert done.result.outcome == "raised"
    assert done.result.error
    assert sentence in done.result.error.message


async def test_fifty_levels_of_nesting_arrive() -> None:
    done = await handle("a = 1\nfor n in range(50):\n    a = {'a': a}\nreturn a")
    assert done.result.ok


# respond: section 1.5


async def test_the_response_is_in_the_result() -> None:
    done = await handle('pd.respond({"status": 201, "headers": {"x-a": "b"}, "body": {"ok": True}})', steps=HTTP)
    assert done.result.response == {"status": 201, "headers": {"x-a": "b"}, "body": {"ok": True}}
    assert done.result.notices == ()


async def test_the_last_of_several_responses_counts_and_the_person_is_told() -> None:
    done = await handle('for n in (200, 404):\n    pd.respond({"status": n, "body": str(n)})')
    assert done.result.response == {"status": 404, "body": "404"}
    assert "more than once: the last call counts" in done.notices


async def test_a_response_may_be_immediate() -> None:
    done = await handle('pd.respond({"status": 200, "body": "", "immediate": True})')
    assert done.result.response == {"status": 200, "body": "", "immediate": True}
    assert done.result.notices == ()


@pytest.mark.parametrize(
    ("response", "sentence"),
    [
        ('{"body": "x"}', "got no 'status'"),
        ('{"status": 200}', "got no 'body'"),
        ('{"status": "200", "body": ""}', "The status of pd.respond is '200'"),
        ('{"status": 42, "body": ""}', "The status of pd.respond is 42"),
        ('{"status": 200, "body": "", "headers": ["a"]}', "The headers of pd.respond are a dictionary"),
        ('{"statusCode": 200, "status": 200, "body": ""}', "does not know 'statusCode'"),
    ],
)
async def test_an_odd_response_is_kept_and_noticed(response: str, sentence: str) -> None:
    done = await handle(f"pd.respond({response})")
    assert done.result.ok
    assert done.result.response
    assert sentence in done.notices


@pytest.mark.parametrize("response", ['"text"', "None", '{"status": 200, "body": b"x"}', '{"status": {1}}'])
async def test_a_response_that_is_none_is_refused(response: str) -> None:
    done = await handle(f"pd.respond({response})")
    assert done.result.outcome == "raised"
    assert done.result.error
    assert done.result.error.type == "TypeError"


async def test_a_response_after_a_delay_is_noticed() -> None:
    done = await handle('pd.flow.delay(1000)\npd.respond({"status": 200, "body": ""})')
    assert "after pd.flow.delay" in done.notices


# flow: section 1.6


async def test_exit_is_recorded_and_the_rest_of_the_step_runs() -> None:
    done = await handle('pd.flow.exit("nothing to do")\nprint("still here")\nreturn 1')
    assert done.result.flow == {"exit": {"reason": "nothing to do"}}
    assert done.result.stdout == "still here\n"
    assert done.result.returned == 1


async def test_exit_needs_no_reason_and_can_be_returned() -> None:
    done = await handle("return pd.flow.exit()")
    assert done.result.ok
    assert done.result.flow == {"exit": {"reason": None}}


async def test_delay_is_recorded_and_gives_addresses() -> None:
    done = await handle("return sorted(pd.flow.delay(1500))")
    assert done.result.flow == {"delay": {"ms": 1500}}
    assert done.result.returned == ["cancel_url", "resume_url"]


async def test_addresses_lead_nowhere() -> None:
    done = await handle("return pd.flow.delay(1)")
    assert all(url.startswith("https://pipedream.invalid/") for url in done.result.returned.values())


@pytest.mark.parametrize("ms", ["0", "-1", "'1000'", "None", "True", "366 * 86_400_000", "float('nan')"])
async def test_a_delay_is_between_a_millisecond_and_a_year(ms: str) -> None:
    done = await handle(f"pd.flow.delay({ms})")
    assert done.result.error
    assert done.result.error.type == "ValueError"
    assert "takes milliseconds, from 1 to" in done.result.error.message


async def test_suspend_does_nothing_in_a_test_and_says_so() -> None:
    done = await handle("return sorted(pd.flow.suspend())")
    assert done.result.flow == {"suspend": {"timeout_ms": 86_400_000}}
    assert done.result.returned == ["cancel_url", "resume_url"]
    assert done.result.notices == (
        "Workflow execution canceled — this may be due to pd.flow.suspend() usage (not supported in test)",
    )


async def test_rerun_does_nothing_in_a_test_and_says_so() -> None:
    done = await handle('return sorted(pd.flow.rerun(5000, {"try": 2}))')
    assert done.result.flow == {"rerun": {"delay_ms": 5000, "context": {"try": 2}, "max_retries": 10}}
    assert "not supported in test" in done.notices


async def test_rerun_takes_its_delay_as_on_the_platform() -> None:
    done = await handle("pd.flow.rerun()")
    assert done.result.error.type == "TypeError"
    assert "delay_ms" in done.result.error.message


async def test_a_member_that_flow_does_not_have_is_answered_with_those_that_it_has() -> None:
    done = await handle("pd.flow.retry(1000)")
    assert done.result.error.type == "AttributeError"
    assert "it has exit, delay, suspend and rerun" in done.result.error.message


# context: section 1.6


async def test_the_context_is_that_of_a_first_run() -> None:
    done = await handle("return pd.context")
    assert done.result.returned == {"run": {"runs": 1}}


async def test_the_context_of_a_later_run_can_be_given() -> None:
    done = await handle('return pd.context["run"]["context"]', context={"run": {"runs": 2, "context": "before"}})
    assert done.result.returned == "before"


# send: section 1.2


async def test_an_email_is_shown_and_not_sent() -> None:
    done = await handle('pd.send.email(subject="Hello", text="Body of it", html=None)')
    assert done.result.ok
    assert done.result.notices == ("Not sent, as this is a local run: an e-mail to you, subject 'Hello': Body of it",)


async def test_an_email_with_html_is_shown_as_that() -> None:
    done = await handle('pd.send.email(subject="Hello", text="plain", html="<b>bold</b>")')
    assert done.notices.endswith("subject 'Hello': <b>bold</b>")


async def test_an_email_whose_text_the_platform_would_hide_is_noticed() -> None:
    done = await handle('pd.send.email(subject="Hello", text="Body of it")')
    assert "pass html=None" in done.notices


@pytest.mark.parametrize("member", ["http", "s3", "emit", "sse"])
async def test_what_only_node_can_send_is_not_supported_locally(member: str) -> None:
    done = await handle(f"pd.send.{member}(url='x')")
    assert done.result.error
    assert done.result.error.type == "NotImplementedError"
    assert f"pd.send.{member} is not supported locally" in done.result.error.message


# what does not exist: section 1.2


@pytest.mark.parametrize(
    ("member", "sentence"),
    [
        ("pd.env", "environment variables are in os.environ"),
        ("pd.files", "files are written to /tmp"),
        ("pd.service.db", "data stores are in pd.inputs"),
        ("pd.anything", "it has inputs, steps, export, respond, flow, send and context"),
        ("pd.send.fax", "in Python it has email"),
    ],
)
async def test_a_member_that_does_not_exist_is_answered_with_what_does(member: str, sentence: str) -> None:
    done = await handle(f"return {member}")
    assert done.result.error
    assert done.result.error.type == "AttributeError"
    assert sentence in done.result.error.message


async def test_asking_whether_a_member_exists_raises_nothing() -> None:
    done = await handle('return [hasattr(pd, "inputs"), hasattr(pd, "env"), getattr(pd, "files", None)]')
    assert done.result.returned == [True, False, None]


async def test_pd_itself_shows_no_value() -> None:
    done = await handle("print(pd, vars(pd).keys() > {'inputs'})", accounts={"slack": SLACK})
    assert TOKEN not in done.result.stdout
    assert "slack" not in done.result.stdout
