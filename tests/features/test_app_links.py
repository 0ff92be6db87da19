"""Links to the pages of apps: those that are known, and nothing that a file could have made up."""

from dataclasses import replace

import pytest

from pd_lsp.model import Account, Accounts, AppProp, AppSlug
from pd_lsp.syntax.snapshot import Snapshot
from tests import samples
from tests.checks import check_links

SLACK = "https://pipedream.com/apps/slack"


def test_each_app_leads_to_its_page() -> None:
    check_links('pd.inputs["slack"]["$auth"], pd.inputs.get(\'slack\')', [('"slack"', SLACK), ("'slack'", SLACK)])
    check_links('pd.inputs["notion"]', [('"notion"', "https://pipedream.com/apps/notion")])


def test_the_page_is_that_of_the_app_whatever_the_prop_is_called() -> None:
    check_links('pd.inputs["github_1"]', [('"github_1"', "https://pipedream.com/apps/github")], samples.in_workflow)


def test_pages_have_dashes_where_slugs_have_underscores() -> None:
    bot = Account("apn_1", samples.app("slack_bot", "Slack Bot"), "bot")

    def make(text: str) -> Snapshot:
        return samples.snapshot(text, accounts=Accounts((bot,)))

    check_links('pd.inputs["slack_bot"]', [('"slack_bot"', "https://pipedream.com/apps/slack-bot")], make)


@pytest.mark.parametrize("slug", ["../evil", "a/b", "x?y=1", "a#b", "\uff21", "a b", "", "@evil.example", "a\n"])
def test_what_is_no_slug_gets_into_no_address(slug: str) -> None:
    odd = Account("apn_1", samples.app(slug, "Odd"), "odd")
    step = replace(samples.POST, apps=(AppProp("odd", AppSlug(slug)),))

    def make(text: str) -> Snapshot:
        return samples.snapshot(text, accounts=Accounts((odd,)), step=step)

    check_links('pd.inputs["odd"]', [], make)


@pytest.mark.parametrize("line", ['pd.inputs["unheard_of"]', 'pd.inputs["data_store"]', 'pd.steps["slack"]', '"slack"'])
def test_nothing_else_leads_anywhere(line: str) -> None:
    check_links(line, [])
