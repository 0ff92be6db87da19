--- Runs with an event that the person chooses: saved, edited, sent to this machine, or one of the last that Pipedream
--- keeps.
local client = require("pd_lsp.client")
local run = require("pd_lsp.run")

local M = {}

local function title(event)
  local summary = type(event.summary) == "string" and event.summary or event.id
  return ("%s  %s%s"):format(event.at or "", event.failed == true and "failed  " or "", summary)
end

local function fetch(buffer)
  local uri = vim.uri_from_bufnr(buffer)
  client.execute(buffer, "pd.recentEvents", { uri = uri }, function(events)
    if type(events) ~= "table" then
      return
    end
    vim.ui.select(events, { prompt = "Which event?", format_item = title }, function(event)
      if not event then
        return
      end
      client.execute(buffer, "pd.pullEvents", { uri = uri, events = { event } }, function(saved)
        if type(saved) == "table" and saved[1] and type(saved[1].path) == "string" then
          run.start(buffer, { event = saved[1].path })
        end
      end)
    end)
  end)
end

local OTHERS = {
  {
    name = "Edit one first…",
    choose = function(buffer, saved)
      require("pd_lsp.event_editing").choose(buffer, saved)
    end,
  },
  {
    name = "Capture a request to this machine…",
    choose = function(buffer)
      require("pd_lsp.event_capture").start(buffer)
    end,
  },
  { name = "Fetch one of the last events from Pipedream…", choose = fetch },
}

local function name_of(one)
  return one.name
end

--- Asks which event, then runs the step with it.
---@param buffer integer that of the step
---@param event? string a saved event, its path from the workflow's folder on; without it the person chooses
function M.run(buffer, event)
  if event then
    return run.start(buffer, { event = event })
  end
  client.execute(buffer, "pd.savedEvents", { uri = vim.uri_from_bufnr(buffer) }, function(saved)
    if type(saved) ~= "table" then
      return
    end
    local offered = vim.list_extend(vim.list_extend({}, saved), OTHERS)
    vim.ui.select(offered, { prompt = "Run with which event?", format_item = name_of }, function(one)
      if one and one.choose then
        one.choose(buffer, saved)
      elseif one then
        run.start(buffer, { event = one.path })
      end
    end)
  end)
end

return M
