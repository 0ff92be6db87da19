import subprocess
import sys
from dataclasses import replace

from pd_lsp.catalog import catalog
from pd_lsp.model import App, AppSlug, AuthField
from pd_lsp.templates import templates_for
from pd_lsp.templates.find import _read


def test_hand_made_templates_come_before_the_generic_one() -> None:
    titles = [template.title for template in templates_for(AppSlug("slack_v2"))]
    assert titles[0] == "Post a message to a channel"
    assert titles[-1] == "Call the Slack API"


def test_an_app_without_a_file_has_the_generic_one() -> None:
    assert [template.title for template in templates_for(AppSlug("codacy"))] == ["Call the Codacy API"]


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


def test_an_app_that_is_connected_and_in_no_catalogue_has_a_template_that_says_it_guesses() -> None:
    app = App(AppSlug("new_app"), "New App", (AuthField("api_key"),), complete=True, auth_type="keys")
    [template] = templates_for(AppSlug("new_app"), app)
    assert template.title == "Call the New App API"
    assert 'pd.inputs["new_app"]["$auth"]["api_key"]' in template.code
    assert "put it in" in template.code
    assert "a guess: check it" in template.code


def test_the_keys_of_the_connected_account_count_before_those_of_the_catalogue() -> None:
    app = App(AppSlug("calendly_v2"), "Calendly", (AuthField("personal_token"),), complete=True)
    code = templates_for(AppSlug("calendly_v2"), app)[-1].code
    assert "Put in a value for {oauth_access_token}." in code


def test_a_hand_made_template_that_reads_keys_which_the_account_lacks_is_left_out() -> None:
    account = App(AppSlug("supabase"), "Supabase", (AuthField("subdomain"), AuthField("anon_key")), complete=True)
    assert len(templates_for(AppSlug("supabase"), account)) == 1
    unsure = replace(account, complete=False)
    assert templates_for(AppSlug("supabase"), unsure)[:-1] == templates_for(AppSlug("supabase"))[:-1] != ()
