--- An event made of a request to this machine: `pd-lsp listen` waits for it in a terminal, and saves it.
local options = require("pd_lsp.options")
local run = require("pd_lsp.run")
local step = require("pd_lsp.step")
local terminal = require("pd_lsp.terminal")

local M = {}

local function listen(buffer, folder, name)
  local line = options.command("listen", "--once", "--save", folder, name)
  local shown
  shown = terminal.open(line, folder, function(code)
    local file = ("%s/events/%s.json"):format(folder, name)
    if code ~= 0 or vim.fn.filereadable(file) == 0 then
      return -- the terminal says why, or the person has ended it
    end
    vim.cmd("stopinsert")
    if vim.api.nvim_win_is_valid(shown) then
      vim.api.nvim_win_close(shown, true)
    end
    run.start(buffer, { event = file })
  end)
end

--- Asks for a name, waits for a request and runs the step with what it was.
---@param buffer integer that of the step
function M.start(buffer)
  local folder = step.workflow(buffer)
  if not folder then
    return vim.notify("This step belongs to no workflow.yaml, beside which events are saved.", vim.log.levels.WARN)
  end
  local usual = os.date("captured-%Y%m%d-%H%M%S")
  vim.ui.input({ prompt = "Save the request as events/NAME.json, with NAME: ", default = usual }, function(name)
    if name and vim.trim(name) ~= "" then
      listen(buffer, folder, (vim.trim(name):gsub("%.json$", "")))
    end
  end)
end

return M
