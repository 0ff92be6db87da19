"""Beside the Python server that people have: nothing appears twice, and neither keeps the other from answering."""

import json
from collections import Counter
from pathlib import Path

from tests.editors.neovim.conftest import WORKFLOW, StartNeovim
from tests.editors.neovim.neovim import ROOT, Neovim

STEP = f"{WORKFLOW}/welcome_text/entry.py"
SERVER = ROOT / ".venv-checkers" / "bin" / "basedpyright-langserver"
BOTH = f"""
vim.o.completeopt = 'menuone,noinsert'
vim.api.nvim_create_autocmd('FileType', {{ pattern = 'python', callback = function()
  local command = {{ {json.dumps(str(SERVER))}, '--stdio' }}
  local config = {{ name = 'basedpyright', cmd = command, root_dir = vim.fn.getcwd() }}
  if vim.lsp.start then
    return vim.lsp.start(config)
  end
  vim.lsp.buf_attach_client(0, vim.lsp.start_client(config))
end }})
if vim.lsp.completion then -- as people have it in their init.lua, for every server
  vim.api.nvim_create_autocmd('LspAttach', {{ callback = function(event)
    vim.lsp.completion.enable(true, event.data.client_id, event.buf, {{ autotrigger = true }})
  end }})
end
"""
OFFERED = "vim.tbl_map(function(item) return item.abbr ~= '' and item.abbr or item.word end, {})"
CLIENTS = "#vim.tbl_keys((vim.lsp.get_clients or vim.lsp.buf_get_clients)({}))"


def opened(neovim: StartNeovim, workspace: Path, text: str) -> Neovim:
    assert SERVER.exists(), "basedpyright is missing: run `make .venv-checkers/ready`."
    (workspace / STEP).write_text(text)
    editor = neovim(STEP, init=BOTH)
    editor.until_served()
    argument = "{ bufnr = 0 }" if editor.lua("vim.lsp.get_clients ~= nil") else "0"
    editor.until(CLIENTS.format(argument) + " == 2")
    return editor


def offered(editor: Neovim) -> Counter[str]:
    return Counter(editor.lua(OFFERED.format("vim.fn.complete_info({ 'items' }).items")))


def test_keys_are_offered_once_beside_basedpyright(neovim: StartNeovim, workspace: Path) -> None:
    editor = opened(neovim, workspace, 'def handler(pd: "pipedream"):\n    return pd.inputs\n')
    editor.go_to(2)
    editor.type_to_complete('A["', "ope")
    found = offered(editor)
    assert found["openai"] == 1


def test_what_is_wrong_is_said_once_beside_basedpyright(neovim: StartNeovim, workspace: Path) -> None:
    text = 'def handler(pd: "pipedream"):\n    x: int = "text"\n    return pd.inputs["openai"]["$auth"]["api_kee"], x\n'
    editor = opened(neovim, workspace, text)
    said = "vim.tbl_map(function(one) return one.source .. ' ' .. one.lnum end, vim.diagnostic.get(0))"
    editor.until(
        "#vim.tbl_filter(function(one) return one.lnum == 1 and one.source == 'basedpyright' end, "
        "vim.diagnostic.get(0)) > 0 and #vim.tbl_filter(function(one) return one.message:find('api_kee') ~= nil end, "
        "vim.diagnostic.get(0)) > 0"
    )
    assert Counter(editor.lua(said))["pd-lsp 2"] == 1


def test_of_the_rest_of_python_pd_lsp_says_nothing(neovim: StartNeovim, workspace: Path) -> None:
    editor = opened(neovim, workspace, 'import json\n\n\ndef handler(pd: "pipedream"):\n    return json\n')
    editor.go_to(5)
    editor.type_to_complete("A.", "dum")
    found = offered(editor)
    assert (found["dumps"] or found["dumps~"]) == 1, found
