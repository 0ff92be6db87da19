--- Two runs of a step side by side, as Neovim compares texts.
local client = require("pd_lsp.client")
local colours = require("pd_lsp.colours")
local json = require("pd_lsp.json")
local result = require("pd_lsp.result")

local M = {}

local COMPARED = { "outcome", "exports", "returned", "response", "flow", "error", "notices" }

--- What a person compares: not how long it took and when, in which all runs differ.
local function compared(document)
  local parts = {}
  for _, name in ipairs(COMPARED) do
    parts[name] = document[name]
  end
  for _, stream in ipairs({ "stdout", "stderr" }) do
    if type(document[stream]) == "string" and document[stream] ~= "" then
      parts[stream] = vim.split(colours.without(document[stream]), "\n", { plain = true, trimempty = true })
    end
  end
  return json.document(parts, COMPARED).lines
end

local function show(document, number)
  local buffer = vim.api.nvim_get_current_buf()
  vim.api.nvim_buf_set_lines(buffer, 0, -1, false, compared(document))
  vim.bo[buffer].buftype, vim.bo[buffer].bufhidden, vim.bo[buffer].swapfile = "nofile", "wipe", false
  vim.bo[buffer].filetype, vim.bo[buffer].modifiable = "json", false
  vim.keymap.set("n", "q", "<cmd>tabclose<cr>", { buffer = buffer, nowait = true, desc = "Close the comparison" })
  local run = type(document.run) == "table" and document.run or {}
  local at = tostring(run.at or ""):gsub("T", " "):sub(1, 19)
  local title = (" run %d  %s  %s"):format(number, at, result.outcome(document)):gsub("%%", "%%%%")
  pcall(vim.api.nvim_buf_set_name, buffer, "pd-lsp://compared/" .. buffer)
  vim.wo.foldtext, vim.wo.statusline = "foldtext()", title -- not those of the result that this was called from
  vim.cmd("diffthis")
end

local function side_by_side(earlier, later, number)
  vim.cmd("tabnew")
  show(earlier, number + 1)
  vim.cmd("rightbelow vnew")
  show(later, number)
end

local function fetch(step, number, fetched)
  client.execute(step, "pd.showRun", { uri = vim.uri_from_bufnr(step), number = number }, function(document)
    if type(document) == "table" then
      fetched(document)
    end
  end)
end

--- Shows a run that is kept beside the one before it, in a tab page of their own.
---@param step integer buffer of the step
---@param number? integer from 1, the latest
function M.with_the_run_before(step, number)
  number = number or 1
  client.execute(step, "pd.lastRuns", { uri = vim.uri_from_bufnr(step) }, function(kept)
    if type(kept) ~= "table" then
      return
    end
    if not kept[number + 1] then
      return vim.notify("No earlier run of this step is kept, so there is nothing to compare with: run it again.")
    end
    fetch(step, number, function(later)
      fetch(step, number + 1, function(earlier)
        side_by_side(earlier, later, number)
      end)
    end)
  end)
end

return M
