"""`pd-lsp template`: finding the templates of an app, and printing one as a step."""

import pytest

from pd_lsp.cli.main import main


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """What the command returns, prints, and says went wrong."""
    code = main(["template", *arguments])
    printed = capsys.readouterr()
    return code, printed.out, printed.err


def test_the_number_says_which_of_the_listed_templates_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    _, listed, _ = said(capsys, "github", "--list")
    number = next(line.split()[0] for line in listed.splitlines() if line.endswith("  Create an issue"))
    code, step, _ = said(capsys, "github", number)
    assert code == 0
    compile(step, "template", "exec")
    assert "requests.post(url, headers=headers, json=issue, timeout=30)" in step


def test_an_app_is_found_by_letters_of_its_name(capsys: pytest.CaptureFixture[str]) -> None:
    _, found, _ = said(capsys, "--search", "google sh")
    assert found == "google_sheets  Google Sheets\n"


def test_all_apps_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    _, listed, _ = said(capsys, "--list")
    assert len(listed.splitlines()) > 1900


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ([], "Name an app, such as slack_v2, or look for one with --search TEXT."),
        (["Slack"], "No app is called 'Slack'. Did you mean one of slack, slack_v2, slack_bot?"),
        (["no such app"], "No app is called 'no such app'. Look for it with --search TEXT."),
        (["--search", "no such app"], "No app has 'no such app' in its name: try fewer letters, or --list for all."),
        (["github", "0"], "There is no template 0 of github: list those there are with --list."),
        (["github", "99"], "There is no template 99 of github: list those there are with --list."),
    ],
)
def test_what_can_not_be_printed_is_said_with_what_to_do_next(
    arguments: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, printed, complaint = said(capsys, *arguments)
    assert code != 0
    assert printed == ""
    assert complaint == f"pd-lsp: {sentence}\n"
