--- A server that dies is started again, a few times; one that the person ends is not.
local state = require("pd_lsp.state")

local M = {}

local MOST, WITHIN = 3, 180 -- times, seconds

---@param code integer
---@param signal integer
---@param id integer of the client
function M.ended(code, signal, id)
  local meant = state.ending[id]
  state.ending[id] = nil
  require("pd_lsp.lens").forget(id)
  for root, client in pairs(state.clients) do
    if client == id then
      state.clients[root] = nil
    end
  end
  if vim.v.exiting ~= vim.NIL or meant or (code == 0 and signal == 0) then
    return
  end
  require("pd_lsp.run").all_ended()
  local now = os.time()
  state.restarts = vim.tbl_filter(function(at)
    return now - at < WITHIN
  end, state.restarts)
  if #state.restarts >= MOST then
    return vim.notify(
      "pd-lsp has ended several times in a row: `:PdRestart` tries again, `:checkhealth pd_lsp` says what may be wrong.",
      vim.log.levels.ERROR
    )
  end
  table.insert(state.restarts, now)
  vim.notify("pd-lsp is started again.", vim.log.levels.WARN)
  require("pd_lsp.client").attach_all()
end

--- Ends every server of ours and starts them anew once they are gone.
function M.restart()
  local client = require("pd_lsp.client")
  state.restarts = {}
  local running = client.all()
  for _, one in ipairs(running) do
    state.ending[one.id] = true
    vim.lsp.stop_client(one.id)
  end
  local timer = (vim.uv or vim.loop).new_timer()
  timer:start(
    50,
    50,
    vim.schedule_wrap(function()
      for _, one in ipairs(running) do
        if vim.lsp.get_client_by_id(one.id) then
          return
        end
      end
      if not timer:is_closing() then
        timer:close()
        client.attach_all()
      end
    end)
  )
end

return M
