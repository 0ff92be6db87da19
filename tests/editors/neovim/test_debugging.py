"""Debugging: the hook for nvim-dap, with a stand-in for nvim-dap (no nvim-dap can be installed here)."""

from tests.editors.neovim.conftest import WORKFLOW, StartNeovim

STEP = f"{WORKFLOW}/parse_body/entry.py"
STAND_IN = """
-- A stand-in for nvim-dap: it starts the adapter that it is told of, and attaches as nvim-dap does.
package.preload['dap'] = function()
  local dap = { adapters = {}, configurations = {} }
  dap.run = function(configuration)
    local adapter = dap.adapters[configuration.type]
    local sent = 0
    local command = vim.list_extend({ adapter.command }, adapter.args)
    local function send(job, request, arguments)
      sent = sent + 1
      local body = vim.fn.json_encode({ seq = sent, type = 'request', command = request, arguments = arguments })
      vim.fn.chansend(job, ('Content-Length: %d\\r\\n\\r\\n%s'):format(#body, body))
    end
    dap.job = vim.fn.jobstart(command, {
      on_stdout = function(job, lines)
        if table.concat(lines):find('"initialized"', 1, true) then
          send(job, 'configurationDone', vim.empty_dict())
        end
      end,
    })
    send(dap.job, 'initialize', { adapterID = 'pd-lsp' })
    send(dap.job, 'attach', configuration)
  end
  return dap
end
"""


def test_a_step_is_debugged_through_the_adapter_that_nvim_dap_is_told_of(neovim: StartNeovim) -> None:
    editor = neovim(STEP, init=STAND_IN)
    editor.until_seen("Debug step")
    editor.command("PdDebug")
    editor.choose("Debug")
    editor.choose("Run once")
    editor.until_printed("succeeded after")
    adapter = editor.lua("require('dap').adapters['pd-lsp']")
    assert (adapter["type"], adapter["args"][-1]) == ("executable", "debug-adapter")
    assert editor.lua("#require('dap').configurations.python") == 1


def test_without_nvim_dap_there_is_no_lens_for_it_and_the_command_says_what_is_missing(neovim: StartNeovim) -> None:
    editor = neovim(STEP)
    assert "Debug step" not in editor.until_seen("Run step")
    editor.command("PdDebug")
    editor.until_seen("Debugging needs the plugin nvim-dap")
