import subprocess
import sys

from pd_lsp.catalog import catalog
from pd_lsp.model import AppSlug
from pd_lsp.templates import templates_for
from pd_lsp.templates.find import _read


def test_hand_made_templates_come_before_the_generic_one() -> None:
    titles = [template.title for template in templates_for(AppSlug("slack_v2"))]
    assert titles[0] == "Post a message to a channel"
    assert titles[-1] == "Call the Slack API"


def test_an_app_without_a_file_has_the_generic_one() -> None:
    assert [template.title for template in templates_for(AppSlug("calendly_v2"))] == ["Call the Calendly API"]


def test_an_app_that_nobody_knows_has_none() -> None:
    assert templates_for(AppSlug("no_such_app")) == ()
    assert templates_for(AppSlug("../apps/slack")) == ()
    assert templates_for(AppSlug("")) == ()


def test_the_title_is_the_docstring_and_no_part_of_the_code() -> None:
    github = catalog().app(AppSlug("github"))
    assert github is not None
    template = _read(
        '"""Star a repository."""\n\nfrom github import Github\n\n\ndef handler(pd):\n    return 1\n', github
    )
    assert template.title == "Star a repository"
    assert template.code == "from github import Github\n\n\ndef handler(pd):\n    return 1\n"


def test_a_package_that_pypi_has_under_another_name_is_named() -> None:
    github, slack = catalog().app(AppSlug("github")), catalog().app(AppSlug("slack"))
    assert github is not None
    assert slack is not None
    assert _read('"""T."""\nfrom github import Github\n', github).packages == {"github": "PyGithub"}
    assert _read('"""T."""\nimport requests\n', github).packages == {}
    assert _read('"""T."""\nfrom slack_sdk import WebClient\n', slack).packages == {}


def test_templates_are_read_and_never_imported() -> None:
    code = (
        "import sys; from pd_lsp.templates import templates_for; templates_for('slack_v2');"
        "print([name for name in sys.modules if 'templates.apps' in name or name == 'slack_sdk'])"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"
