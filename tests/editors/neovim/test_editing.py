"""What the editor shows and inserts: by keys that a person types."""

from pathlib import Path

from tests.editors.neovim.conftest import WORKFLOW, StartNeovim
from tests.editors.neovim.neovim import Neovim

STEP = f"{WORKFLOW}/welcome_text/entry.py"
POST = f"{WORKFLOW}/post_message/entry.py"


def opened(neovim: StartNeovim, workspace: Path, text: str, file: str = STEP, init: str = "") -> Neovim:
    (workspace / file).write_text(text)
    editor = neovim(file, init=init)
    editor.until_served()
    return editor


def test_keys_are_offered_as_they_are_typed_and_inserted(neovim: StartNeovim, workspace: Path) -> None:
    text = "def handler(pd: \"pipedream\"):\n    return f'Bearer {}'\n"
    editor = opened(neovim, workspace, text, POST, init="vim.o.completeopt = 'menuone,noinsert'")
    editor.go_to(2, 21)
    editor.type_to_complete('apd.inputs["slack"]["$auth"]["', "oauth_acc")
    editor.until("vim.fn.pumvisible() == 1 and vim.fn.complete_info({ 'selected' }).selected == 0")
    editor.until_seen("oauth_access_token")
    editor.type("C-y", "Escape")
    editor.until("vim.fn.mode() == 'n'")
    assert '{pd.inputs["slack"]["$auth"]["oauth_access_token"]}' in editor.text()


def test_keys_are_offered_in_plain_code(neovim: StartNeovim, workspace: Path) -> None:
    text = 'def handler(pd: "pipedream"):\n    return pd.inputs\n'
    editor = opened(neovim, workspace, text, init="vim.o.completeopt = 'menuone,noinsert'")
    editor.go_to(2)
    editor.type_to_complete('A["', "open")
    editor.until("vim.fn.pumvisible() == 1 and vim.fn.complete_info({ 'selected' }).selected == 0")
    editor.type("C-y", "Escape")
    editor.until("vim.fn.mode() == 'n'")
    assert editor.text().splitlines()[1] == '    return pd.inputs["openai"]'


def test_a_wrong_key_is_marked_and_mended_by_a_code_action(neovim: StartNeovim, workspace: Path) -> None:
    text = 'def handler(pd: "pipedream"):\n    key = pd.inputs["openai"]["$auth"]["api_kee"]\n'
    editor = opened(neovim, workspace, text)
    editor.until("#vim.diagnostic.get(0) == 1")
    editor.until_seen("api_kee")
    editor.go_to(2, text.splitlines()[1].index("api_kee") + 2)
    editor.command("lua vim.lsp.buf.code_action({ context = { only = { 'quickfix' } } })")
    editor.choose("api_key")
    editor.until("vim.api.nvim_buf_get_lines(0, 1, 2, false)[1]:find('api_key', 1, true) ~= nil")
    editor.until("#vim.diagnostic.get(0) == 0")


def test_hover_says_what_a_key_stands_for(neovim: StartNeovim) -> None:
    editor = neovim(STEP)
    editor.until_served()
    editor.command("PdRefreshAccounts")
    editor.until_seen("accounts are connected.")
    editor.command("call search('openai\"')")
    editor.command("lua vim.lsp.buf.hover()")
    editor.until_seen("Team key (apn_openaikey)")


def test_a_template_is_searched_for_and_inserted(neovim: StartNeovim, workspace: Path) -> None:
    editor = opened(neovim, workspace, "")
    editor.command("PdTemplate")
    editor.until_seen("A template of which app?")
    editor.type("mastodon", "Enter")
    editor.choose("(mastodon)")
    editor.until_seen("Which template of Mastodon?")
    editor.type("1", "Enter")
    editor.until_read("This step has no Mastodon yet")
    editor.until("#vim.api.nvim_buf_get_lines(0, 0, -1, false) > 3")
    assert 'def handler(pd: "pipedream"):' in editor.text()
    assert 'pd.inputs["mastodon"]' in editor.text()


def test_the_code_action_for_another_app_opens_the_same_list(neovim: StartNeovim, workspace: Path) -> None:
    editor = opened(neovim, workspace, "")
    editor.command("lua vim.lsp.buf.code_action()")
    editor.choose("Insert template for another app…")
    editor.until_seen("A template of which app?")
    editor.type("stripe", "Enter")
    editor.choose("(stripe)")


def test_a_search_that_finds_no_app_is_a_sentence(neovim: StartNeovim, workspace: Path) -> None:
    editor = opened(neovim, workspace, "")
    editor.command("PdTemplate qqqqqqq")
    editor.until_seen("There is no such app")


def test_from_a_key_of_pd_the_way_leads_to_the_step_that_gives_it_and_back_to_who_reads_it(neovim: StartNeovim) -> None:
    editor = neovim(STEP)
    editor.until_served()
    editor.command("call search('parse_body')")
    editor.command("lua vim.lsp.buf.definition()")
    editor.until("vim.fn.expand('%:p:h:t') == 'parse_body'")
    editor.until("require('pd_lsp.client').of(0) ~= nil")
    editor.command("edit #")
    editor.until("vim.fn.expand('%:p:h:t') == 'welcome_text'")
    editor.command("call search('parse_body')")
    editor.command("lua vim.lsp.buf.references()")
    editor.until("#vim.fn.getqflist() > 1 and vim.bo.filetype == 'qf'")
    assert "post_message" in editor.text()


def test_the_account_of_an_app_is_shown_behind_its_name_where_that_is_wanted(neovim: StartNeovim) -> None:
    editor = neovim(STEP, options="inlay_hints = true,")
    editor.until_served()
    editor.command("PdRefreshAccounts")
    editor.until_read("accounts are connected.")
    if editor.lua("vim.lsp.inlay_hint ~= nil"):
        editor.until_seen('pd.inputs["openai"] Team key["$auth"]')
    else:  # Neovim before 0.10 has none: the option does no harm
        assert "Team key" not in editor.screen()
