--- An event that the person edits before a step runs with it: a file beside the workflow, as every saved event is.
local run = require("pd_lsp.run")
local step = require("pd_lsp.step")

local M = {}

local NEW = { name = "A new one" }
local EMPTY = { -- of an HTTP trigger, as docs/events.md of pd-lsp describes the file
  "{",
  '  "event": {',
  '    "method": "POST",',
  '    "path": "/",',
  '    "query": {},',
  '    "headers": { "content-type": "application/json" },',
  '    "body": {}',
  "  }",
  "}",
}
local HOW = "Here :PdRun saves the event and runs the step with it."

--- The commands of an event's buffer, which remembers the step that it is for.
local function prepare(event, buffer, folder)
  vim.api.nvim_create_autocmd("BufWritePre", {
    buffer = event,
    callback = function()
      vim.fn.mkdir(folder, "p")
    end,
  })
  vim.api.nvim_buf_create_user_command(event, "PdRun", function()
    vim.api.nvim_buf_call(event, function()
      vim.cmd("silent write")
    end)
    run.start(buffer, { event = vim.api.nvim_buf_get_name(event) })
  end, { desc = "Save the event and run the step with it" })
end

local function open(buffer, folder, name, lines)
  local file = ("%s/%s.json"):format(folder, name)
  vim.cmd("split " .. vim.fn.fnameescape(file))
  local event = vim.api.nvim_get_current_buf()
  if vim.fn.filereadable(file) == 0 then
    vim.api.nvim_buf_set_lines(event, 0, -1, false, lines)
  end
  prepare(event, buffer, folder)
  vim.notify(HOW)
end

--- Asks for a name, and opens the event under it: its own name changes the saved event, another one copies it.
local function ask_name(buffer, folder, source)
  local lines, usual = EMPTY, "new"
  if source ~= NEW then
    lines, usual = vim.fn.readfile(source.path), vim.fn.fnamemodify(source.path, ":t:r")
  end
  vim.ui.input({ prompt = "Save it as events/NAME.json, with NAME: ", default = usual }, function(name)
    name = name and vim.trim(name):gsub("%.json$", "")
    if not name or name == "" then
      return
    end
    if name:find("[^%w_-]") then -- the rule of `pd-lsp listen --save`
      return vim.notify(name .. " is no name for an event: take letters, digits, - and _.", vim.log.levels.WARN)
    end
    open(buffer, folder .. "/events", name, lines)
  end)
end

--- Asks which event to edit.
---@param buffer integer that of the step
---@param saved table[] the events that are saved, each with `name` and `path`
function M.choose(buffer, saved)
  local folder = step.workflow(buffer)
  if not folder then
    return vim.notify("This step belongs to no workflow.yaml, beside which events are saved.", vim.log.levels.WARN)
  end
  vim.ui.select(vim.list_extend(vim.list_extend({}, saved), { NEW }), {
    prompt = "Edit which event?",
    format_item = function(one)
      return one.name
    end,
  }, function(one)
    return one and ask_name(buffer, folder, one)
  end)
end

return M
