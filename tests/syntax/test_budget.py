import pytest

from pd_lsp.syntax.budget import LARGEST, MOST_UNCLOSED, is_within_budget

HANDLER = "def handler(pd):\n    x = 1\n"


@pytest.mark.parametrize(
    "text",
    [
        "",
        HANDLER * 1000,
        "(" * MOST_UNCLOSED,
        "x" * LARGEST,
        "(" * 100_000 + ")" * 100_000,
        HANDLER + "    # a comment that some code has become\n" * 1000,
        (HANDLER + "# said\n" * 20) * 2000,
        "x = 1  # said\n" * 50_000,
        HANDLER + "x = '" + "#" * 1_000_000,
        "\n" * 1_000_000,
        "# c\n" * 100_000 + HANDLER,
    ],
)
def test_what_people_write_is_within_the_budget(text: str) -> None:
    assert is_within_budget(text)


@pytest.mark.parametrize(
    "text",
    [
        "x" * (LARGEST + 1),
        "[" * (MOST_UNCLOSED + 1),
        HANDLER + "# c\n" * 20_000,
        HANDLER + "    # c\r\n\r\n" * 20_000,
        HANDLER + "# c\r" * 20_000,
        HANDLER + "\\\n" * 20_000,
        "\\\n" * 20_000,
        (HANDLER + "# said\n" * 2000) * 10,
    ],
)
def test_what_keeps_a_parser_busy_is_not(text: str) -> None:
    assert not is_within_budget(text)
