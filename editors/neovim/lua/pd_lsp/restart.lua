--- A server that dies is started again, a few times; one that the person ends is not.
local state = require("pd_lsp.state")

local M = {}

local MOST, WITHIN = 3, 180 -- times, seconds
local PATIENCE = 3000 -- milliseconds for a server to end by itself

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
  local leaving = vim.v.exiting ~= vim.NIL -- Neovim itself ends
  if leaving or meant or (code == 0 and signal == 0) then
    return
  end
  require("pd_lsp.run").all_ended()
  local now = os.time()
  state.restarts = vim.tbl_filter(function(at)
    return now - at < WITHIN
  end, state.restarts)
  if #state.restarts >= MOST then
    return vim.notify(
      "pd-lsp has ended several times in a row: "
        .. "`:PdRestart` tries again, `:checkhealth pd_lsp` says what may be wrong.",
      vim.log.levels.ERROR
    )
  end
  table.insert(state.restarts, now)
  vim.notify("pd-lsp is started again.", vim.log.levels.WARN)
  M._attach_without({ id })
end

--- Ends every server of ours and starts them anew once they are gone.
function M.restart()
  local client = require("pd_lsp.client")
  state.restarts = {}
  local running = client.all()
  for _, one in ipairs(running) do
    state.ending[one.id] = true
    vim.lsp.stop_client(one.id)
    vim.defer_fn(function()
      if vim.lsp.get_client_by_id(one.id) then
        vim.lsp.stop_client(one.id, true) -- it does not answer
      end
    end, PATIENCE)
  end
  M._attach_without(vim.tbl_map(function(one)
    return one.id
  end, running))
end

--- Starts what is missing, once Neovim has let go of these clients: an ended one counts as attached for a moment.
---@param ids integer[]
function M._attach_without(ids)
  for _, id in ipairs(ids) do
    if vim.lsp.get_client_by_id(id) then
      return vim.defer_fn(function()
        M._attach_without(ids)
      end, 50)
    end
  end
  require("pd_lsp.client").attach_all()
end

return M
