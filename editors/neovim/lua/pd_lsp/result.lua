--- What came of a run, in short below its output.
local colours = require("pd_lsp.colours")
local json = require("pd_lsp.json")
local output = require("pd_lsp.output")

local M = {}

local PARTS = { "exports", "returned", "response" }
local MOST_LINES = 40 -- of a part, below the output

local function has(value)
  return value ~= nil and value ~= vim.NIL and not (type(value) == "table" and next(value) == nil)
end

local function safe(text)
  return (colours.only(tostring(text)))
end

--- The traceback, whose last line says what was raised; without one that line.
local function add_error(err)
  local said = ("%s: %s"):format(safe(err.type), safe(err.message))
  local traceback = has(err.traceback) and safe(err.traceback):gsub("\n+$", "") or ""
  if traceback ~= "" then
    output.add(output.RED .. traceback .. output.PLAIN .. "\n")
  end
  if not traceback:find(said, 1, true) then
    output.add(output.RED .. output.BOLD .. said .. output.PLAIN .. "\n")
  end
end

local function add_part(name, value)
  local lines = json.lines(value)
  local shown = vim.list_slice(lines, 1, MOST_LINES)
  output.add(output.BOLD .. name .. output.PLAIN .. " " .. safe(table.concat(shown, "\n")) .. "\n")
  if #lines > #shown then
    output.add(("%s… and %d lines more: :PdResult shows all%s\n"):format(output.DIM, #lines - #shown, output.PLAIN))
  end
end

--- How a run ended, in words: `succeeded after 0.87 s`.
---@param result table
---@return string
function M.outcome(result)
  local seconds = tonumber(result.duration)
  return safe(result.outcome) .. (seconds and (" after %.2f s"):format(seconds) or "")
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
  output.add(("%s── %s%s\n"):format(colour, M.outcome(result), output.PLAIN))
  for _, name in ipairs(PARTS) do
    if has(result[name]) then
      add_part(name, result[name])
    end
  end
  output.add("\n")
end

return M
