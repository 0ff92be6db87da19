--- The last runs of a step, which the server keeps.
local client = require("pd_lsp.client")
local output = require("pd_lsp.output")
local result = require("pd_lsp.result")
local result_view = require("pd_lsp.result_view")

local M = {}

local function title(entry)
  local run = type(entry.run) == "table" and entry.run or entry
  local seconds = tonumber(entry.duration)
  return ("%s  %s  %s%s"):format(
    tostring(run.number or "?"),
    tostring(run.at or ""):gsub("T", " "):sub(1, 19),
    tostring(entry.outcome),
    seconds and ("  %.2f s"):format(seconds) or ""
  )
end

local function show(buffer, uri, number)
  client.execute(buffer, "pd.showRun", { uri = uri, number = number }, function(document)
    if type(document) ~= "table" then
      return
    end
    output.add(output.BOLD .. "── run " .. number .. ", as it was kept" .. output.PLAIN .. "\n")
    for _, stream in ipairs({ "stdout", "stderr" }) do
      if type(document[stream]) == "string" and document[stream] ~= "" then
        output.stream(document[stream] .. "\n" .. output.PLAIN)
      end
    end
    result.show(document)
    result_view.open(document, buffer, number)
  end)
end

---@param buffer integer that of the step
function M.choose(buffer)
  local uri = vim.uri_from_bufnr(buffer)
  client.execute(buffer, "pd.lastRuns", { uri = uri }, function(kept)
    if type(kept) ~= "table" or not kept[1] then
      return vim.notify("No run of this step is kept yet: run it with :PdRun.")
    end
    vim.ui.select(kept, { prompt = "Which run?", format_item = title }, function(entry, number)
      if entry then
        show(buffer, uri, number)
      end
    end)
  end)
end

return M
