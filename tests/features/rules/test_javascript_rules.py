"""What comes from JavaScript: `console.log` and `this`."""

import pytest

from tests.checks import HEADER, check_fixed, check_rule


def test_the_console_becomes_print() -> None:
    check_fixed(HEADER + "console.log('a', 1)\n", "Use print", HEADER + "print('a', 1)\n")
    check_fixed(HEADER + "console.error(f'{x}')\n", "Use print", HEADER + "print(f'{x}')\n")


@pytest.mark.parametrize(
    "text",
    [
        "from rich.console import Console\nconsole = Console()\n" + HEADER + "console.log('a')\n",
        "from tools import console\n" + HEADER + "console.log('a')\n",
        "import console\n" + HEADER + "console.log('a')\n",
        HEADER + "console = make()\n    console.log('a')\n",
        HEADER + "with Console() as console:\n        console.log('a')\n",
        "def say(console):\n    console.log('a')\n" + HEADER + "say(1)\n",
        HEADER + "self.console.log('a')\n",
        HEADER + "print('console.log(1)')  # console.log(1)\n",
        HEADER + "console.width\n",
    ],
)
def test_a_console_of_the_steps_own_is_left_alone(text: str) -> None:
    check_rule("console-log", text, [])


def test_an_account_of_this_becomes_one_of_pd() -> None:
    check_fixed(
        HEADER + "token = this.slack.$auth.oauth_access_token\n",
        "Read it from pd.inputs",
        HEADER + 'token = pd.inputs["slack"]["$auth"]["oauth_access_token"]\n',
    )


def test_this_without_an_account_is_found_too() -> None:
    check_rule("this-in-python", HEADER + "return this.slack\n", ["this"])


@pytest.mark.parametrize(
    "text",
    [
        "import this\n" + HEADER + "this.s\n",
        HEADER + "this = make()\n    this.slack\n",
        "class A:\n    def run(this):\n        return this.slack\n" + HEADER + "A()\n",
        HEADER + "'this.slack'  # this.slack\n",
        HEADER + "other.this.slack\n",
        HEADER + "for this in those:\n        this.slack\n",
    ],
)
def test_a_this_of_the_steps_own_is_left_alone(text: str) -> None:
    check_rule("this-in-python", text, [])
