--- What came of a run: in short below its output, and as a whole in a buffer that folds.
local colours = require("pd_lsp.colours")
local json = require("pd_lsp.json")
local output = require("pd_lsp.output")
local state = require("pd_lsp.state")

local M = {}

local PARTS = { "exports", "returned", "response" }
local MOST_LINES = 40 -- of a part, below the output

local function has(value)
  return value ~= nil and value ~= vim.NIL and not (type(value) == "table" and next(value) == nil)
end

local function safe(text)
  return (colours.only(tostring(text)))
end

local function add_error(err)
  if has(err.traceback) then
    output.add(output.RED .. safe(err.traceback):gsub("\n+$", "") .. output.PLAIN .. "\n")
  end
  output.add(("%s%s: %s%s\n"):format(output.RED .. output.BOLD, safe(err.type), safe(err.message), output.PLAIN))
end

local function add_part(name, value)
  local lines = json.lines(value)
  local shown = vim.list_slice(lines, 1, MOST_LINES)
  output.add(output.BOLD .. name .. output.PLAIN .. " " .. safe(table.concat(shown, "\n")) .. "\n")
  if #lines > #shown then
    output.add(("%s… and %d lines more: :PdResult shows all%s\n"):format(output.DIM, #lines - #shown, output.PLAIN))
  end
end

--- Shows the result below the output. Nil: nothing ran, and the person has read why.
---@param result table? as docs/run-json.md of pd-lsp has it
function M.show(result)
  if type(result) ~= "table" then
    return output.add(output.DIM .. "── not run" .. output.PLAIN .. "\n\n")
  end
  if has(result.error) then
    add_error(result.error)
  end
  local colour = result.ok == true and output.GREEN or output.RED
  local seconds = tonumber(result.duration)
  output.add(
    ("%s── %s%s%s\n"):format(
      colour,
      safe(result.outcome),
      seconds and (" after %.2f s"):format(seconds) or "",
      output.PLAIN
    )
  )
  for _, name in ipairs(PARTS) do
    if has(result[name]) then
      add_part(name, result[name])
    end
  end
  output.add("\n")
end

local function shown_lines(result)
  local run = type(result.run) == "table" and result.run or result
  local document = {}
  for name, value in pairs(result) do
    if name ~= "stdout" and name ~= "stderr" then
      document[name] = value
    end
  end
  return json.lines(document), ("%s, %s"):format(run.step or "step", run.outcome or "")
end

--- Opens a result as JSON that folds.
---@param result table
function M.open_document(result)
  local lines = shown_lines(result)
  vim.cmd("botright vsplit")
  local buffer = vim.api.nvim_create_buf(false, true)
  vim.api.nvim_win_set_buf(0, buffer)
  vim.api.nvim_buf_set_lines(buffer, 0, -1, false, lines)
  vim.bo[buffer].bufhidden, vim.bo[buffer].filetype, vim.bo[buffer].modifiable = "wipe", "json", false
  vim.bo[buffer].shiftwidth = 2
  vim.wo.foldmethod, vim.wo.foldlevel = "indent", 3
  vim.keymap.set("n", "q", "<cmd>close<cr>", { buffer = buffer, desc = "Close the result" })
end

---@param buffer integer that of the step
function M.open(buffer)
  local result = state.results[vim.uri_from_bufnr(buffer)]
  if result then
    M.open_document(result)
  else
    vim.notify("This step has not run since Neovim was started: run it with :PdRun, or choose a run with :PdRuns.")
  end
end

return M
