import pytest

from tests.checks import HEADER, check_diagnostics, check_fixed


def test_code_behind_an_exit_runs_all_the_same() -> None:
    check_diagnostics(
        HEADER + "if 1:\n        pd.flow.exit('x')\n    print(1)\n", [("exit-without-return", "pd.flow.exit('x')")]
    )


def test_the_fix_returns_it() -> None:
    body = "if 1:\n        {}pd.flow.exit()\n    print(1)\n"
    check_fixed(HEADER + body.format(""), "Return it", HEADER + body.format("return "))


@pytest.mark.parametrize(
    "body",
    [
        "return pd.flow.exit()\n    print(1)",
        "pd.flow.exit()",
        "pd.flow.exit()\n    return",
        "pd.flow.exit()\n    # the end",
        "pd.flow.exit()\n    raise ValueError",
        "if 1:\n        pd.flow.exit()\n    else:\n        print(1)",
        "if 1:\n        pd.flow.exit()\n        return None\n    print(1)",
        "for x in y:\n        pd.flow.exit()\n    print(1)",
        "def stop():\n        pd.flow.exit()\n    print(1)",
        "other.flow.exit()\n    print(1)",
    ],
)
def test_an_exit_that_nothing_follows_is_left_alone(body: str) -> None:
    check_diagnostics(HEADER + body + "\n", [])
