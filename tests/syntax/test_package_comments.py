"""Comments that ask for packages: all of them, and nothing that only looks like one."""

import pytest

from pd_lsp.syntax.package_comments import package_comments
from pd_lsp.syntax.tree import parse


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("# pipedream add-package slack_sdk==3.27.0\n", ["slack_sdk==3.27.0"]),
        ("#pipedream\tadd-package  tabulate  \r\nimport os\r\n", ["tabulate"]),
        (
            "def handler(pd):\n    # pipedream add-package inner\n    x = 1  # pipedream add-package beside",
            ["inner", "beside"],
        ),
        ("# pipedream add-package pip install a\n# pipedream add-package\n", ["pip install a", ""]),
        ("# pipedream add-package one\ndef handler(pd:\n    x = (\n", ["one"]),
        ('"""\n# pipedream add-package evil\n"""\n', []),
        ("x = '# pipedream add-package evil'\n", []),
        ("x = f'''{y}\n# pipedream add-package evil\n'''\n", []),
        ("# see `# pipedream add-package x` on the page\n", []),
        ("# pipedream add-packages x\n# pipedream: add-package x\n# pipedream add-package-x\n", []),
    ],
)
def test_each_comment_is_read_once_and_no_string_is(text: str, wanted: list[str]) -> None:
    assert [comment.wanted for comment in package_comments(parse(text))] == wanted


def test_the_name_is_what_stands_before_a_version() -> None:
    text = "# pipedream add-package slack_sdk==3\n# pipedream add-package zope.event>=1\n# pipedream add-package ==1\n"
    assert [comment.name for comment in package_comments(parse(text))] == ["slack_sdk", "zope.event", ""]
