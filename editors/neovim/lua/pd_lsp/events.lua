--- Runs with an event that the person chooses: one that is saved, or one of the last that Pipedream keeps.
local client = require("pd_lsp.client")
local run = require("pd_lsp.run")

local M = {}

local FROM_PIPEDREAM = { name = "Fetch one of the last events from Pipedream…" }

local function fetch(buffer, uri)
  client.execute(buffer, "pd.recentEvents", { uri = uri }, function(events)
    if type(events) ~= "table" then
      return
    end
    vim.ui.select(events, {
      prompt = "Which event?",
      format_item = function(event)
        local failed = event.failed == true and "failed  " or ""
        return ("%s  %s%s"):format(
          event.at or "",
          failed,
          type(event.summary) == "string" and event.summary or event.id
        )
      end,
    }, function(event)
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

---@param buffer integer that of the step
---@param event? string a saved event, its path from the workflow's folder on; without it the person chooses
function M.run(buffer, event)
  if event then
    return run.start(buffer, { event = event })
  end
  local uri = vim.uri_from_bufnr(buffer)
  client.execute(buffer, "pd.savedEvents", { uri = uri }, function(saved)
    if type(saved) ~= "table" then
      return
    end
    table.insert(saved, FROM_PIPEDREAM)
    vim.ui.select(saved, {
      prompt = "Run with which event?",
      format_item = function(one)
        return one.name
      end,
    }, function(one)
      if one == FROM_PIPEDREAM then
        fetch(buffer, uri)
      elseif one then
        run.start(buffer, { event = one.path })
      end
    end)
  end)
end

return M
