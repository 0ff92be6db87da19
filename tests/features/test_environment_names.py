"""Names of environment variables: completed and explained in steps, from the project's `.env` and from other steps."""

from dataclasses import replace
from typing import Any

import pytest

from pd_lsp.features.environment_names import hover_environment
from pd_lsp.features.offered import offered
from pd_lsp.syntax.environment import environment_reads
from pd_lsp.syntax.snapshot import Snapshot
from pd_lsp.syntax.tree import parse
from pd_lsp.text import Offset
from tests import samples
from tests.checks import HEADER, check_chosen, check_offered
from tests.marker import marked

SIBLING = 'import os\n\n\ndef handler(pd):\n    return os.getenv("FROM_SIBLING"), os.environ["API_URL"]\n'
NAMES = ["API_URL", "API_TOKEN", "NPM_TOKEN", "FROM_SIBLING"]


def world(text: str, **around: Any) -> Snapshot:
    return replace(
        samples.in_workflow(text, **around),
        dotenv_names=lambda: ("API_URL", "API_TOKEN", "PIPEDREAM_SECRET", "pipedream_x"),
        allowed_variables=lambda: ("NPM_TOKEN", "API_URL"),
        other_steps=lambda: {"fetch": parse(SIBLING)},
    )


@pytest.mark.parametrize(
    "line",
    [
        'os.environ["$0"]',
        "x = os.environ['$0",
        'os.environ.get("$0")',
        'os.environ.get("$0", "")',
        'os.getenv("$0")',
        "os.getenv('A$0', None)",
        "f'{os.environ[\"$0\"]}'",
        'from os import environ\n    environ["$0"]',
        'from os import environ as env, getenv\n    env.get("$0")',
        'from os import environ as env, getenv\n    getenv("$0")',
        'from os import getenv as read\n    read("$0")',
        'import os as system\n    system.environ["$0"]',
        'env = os.environ\n    env["$0"]',
        'if env := os.environ:\n        env["$0',
        'with os.environ as env:\n        env.get("$0',
        'requests.get(url, headers={"k": os.environ["$0',
    ],
)
def test_names_are_offered_wherever_the_environment_is_read(line: str) -> None:
    check_offered(line, NAMES, world)


def test_names_that_the_step_reads_itself_are_offered_but_not_the_one_at_the_caret() -> None:
    check_offered(
        'os.environ["MINE"]; os.environ["HALF$0"]', ["API_URL", "API_TOKEN", "NPM_TOKEN", "MINE", "FROM_SIBLING"], world
    )


@pytest.mark.parametrize(
    "line",
    [
        'environ["$0"]',
        'getenv("$0")',
        'os.path["$0"]',
        'my.os.environ["$0"]',
        'os.environ["A"]["$0"]',
        'os.environ.update("$0")',
        'print(os.environ, "$0")',
        'os.environ["A"]$0',
        '"os.environ[$0"',
        '# os.environ["$0',
        "os.environ$0",
        'env = os.environ\n    def f(env):\n        env["$0"]',
        'env, x = os.environ, 1\n    x["$0"]',
    ],
)
def test_other_places_are_none_of_our_business(line: str) -> None:
    check_offered(line, [], world)


def test_the_environment_of_a_program_that_is_no_step_is_left_alone() -> None:
    text, offset = marked('import os\nos.environ["$0"]\n')
    snapshot = replace(samples.snapshot(text), dotenv_names=lambda: ("API_URL",))
    assert offered(snapshot, offset).completions == ()
    assert hover_environment(replace(snapshot, tree=parse('import os\nos.environ["A"]\n')), Offset(23)) is None


@pytest.mark.parametrize(
    ("line", "result"),
    [
        ('os.environ["A$0"]', 'os.environ["API_URL"]'),
        ("os.environ[$0", 'os.environ["API_URL"]'),
        ("os.environ[A$0]", 'os.environ["API_URL"]'),
        ('os.environ["API_$0TOKEN"]', 'os.environ["API_URL"]'),
        ("os.environ.get('$0)", "os.environ.get('API_URL')"),
        ('os.environ.get("$0", "x")', 'os.environ.get("API_URL", "x")'),
        ("os.getenv($0)", 'os.getenv("API_URL")'),
        ('os.getenv("$0', 'os.getenv("API_URL")'),
        ('f"{os.getenv($0)}"', "f\"{os.getenv('API_URL')}\""),
        ('f"{os.environ["$0"]}"', 'f"{os.environ["API_URL"]}"'),
        ('f(os.environ["A$0, "x")', 'f(os.environ["API_URL"], "x")'),
        ('note = "😀"; os.environ["$0', 'note = "😀"; os.environ["API_URL"]'),
    ],
)
def test_a_chosen_name_leaves_right_text(line: str, result: str) -> None:
    check_chosen(line, "API_URL", result, world)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('os.environ["API_$0URL"]', ["API_URL: an environment variable", "Known: in .env of this project."]),
        ('os.getenv("FROM_$0SIBLING")', ["FROM_SIBLING: an environment variable", "Known: read in the step fetch."]),
        (
            'os.environ.get("NO$0WHERE", "")',
            [
                "NOWHERE: an environment variable",
                "It is not in the .env of this project, and pd-lsp env does not allow it here.",
            ],
        ),
        (
            'os.getenv("NPM_$0TOKEN")',
            ["NPM_TOKEN: an environment variable", "Known: of your own environment, allowed here by name."],
        ),
        (
            '"PIPEDREAM$0_X" in os.environ',
            [
                "PIPEDREAM_X: an environment variable",
                "Its name is reserved for the platform: a run here does not have it.",
            ],
        ),
        ('config["API_$0URL"]', []),
    ],
)
def test_a_name_says_where_it_is_known_from(line: str, says: list[str]) -> None:
    text, offset = marked(HEADER + line + "\n")
    found = hover_environment(world(text), offset)
    assert ([found.heading, *found.rows] if found else []) == says


def test_a_name_says_nothing_where_the_dotenv_file_may_not_be_read() -> None:
    text, offset = marked(HEADER + 'os.environ["API_$0URL"]\n')
    assert hover_environment(samples.in_workflow(text), offset) is None
    check_offered('os.environ["$0"]', [], samples.in_workflow)


def test_every_way_to_read_a_name_is_found_in_the_order_of_the_text() -> None:
    text = (
        "import os\nfrom os import environ as env, getenv\n"
        'a = os.environ["ONE"], env.get("TWO"), getenv("THREE", ""), os.environ.pop("FOUR"), "FIVE" in os.environ\n'
        'b = os.environ[name], env.items(), other.environ["SIX"], f"{os.environ[\'SEVEN\']}"\n'
    )
    assert [read.name for read in environment_reads(parse(text))] == ["ONE", "TWO", "THREE", "FOUR", "FIVE", "SEVEN"]
