"""Steps of the older kind, in a real run (docs/platform.md, section 1.1)."""

import sys
from pathlib import Path

from tests.execution.running import handle, run

STEPS = {"trigger": {"event": {"name": "Ada"}}}


async def test_a_flat_script_reads_steps_and_exports() -> None:
    done = await run(
        """\
        from pipedream.script_helpers import (steps, export)
        export("greeting", "Hello " + steps["trigger"]["event"]["name"])
        """,
        steps=STEPS,
    )
    assert done.result.ok
    assert done.result.exports == {"greeting": "Hello Ada"}
    assert "older kind" in done.notices


async def test_a_step_with_a_handler_may_use_them_too() -> None:
    done = await handle('from pipedream.script_helpers import export\nexport("a", 1)\nreturn 2')
    assert (done.result.exports, done.result.returned) == ({"a": 1}, 2)


async def test_the_official_client_of_that_name_stays_what_it_is() -> None:
    done = await handle(
        "from pipedream import Pipedream\nfrom pipedream.script_helpers import steps\n"
        "return [Pipedream.__name__, steps]",
        steps=STEPS,
        interpreter=Path(sys.executable),
    )
    assert done.result.returned == ["Pipedream", STEPS]


async def test_a_step_without_a_handler_that_does_not_use_them_is_refused() -> None:
    done = await run("print(1)\n")
    assert done.result.error
    assert done.result.error.type == "NoHandler"


async def test_a_word_in_a_comment_brings_no_module() -> None:
    done = await run("# once it was script_helpers\nprint(1)\n")
    assert done.result.error
    assert done.result.error.type == "NoHandler"
