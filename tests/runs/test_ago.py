import pytest

from pd_lsp.runs.ago import ago


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (-5, "just now"),
        (0.9, "just now"),
        (1, "1 s ago"),
        (59.9, "59 s ago"),
        (60, "1 min ago"),
        (3_599, "59 min ago"),
        (3_600, "1 h ago"),
        (86_399, "23 h ago"),
        (200_000, "2 d ago"),
    ],
)
def test_how_long_ago_something_was_is_said_in_the_largest_unit_that_fits(seconds: float, said: str) -> None:
    assert ago(1_000_000, 1_000_000 + seconds) == said
