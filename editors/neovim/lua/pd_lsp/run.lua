--- Runs a step and shows what comes of it. The server asks the person before.
local client = require("pd_lsp.client")
local output = require("pd_lsp.output")
local result = require("pd_lsp.result")
local state = require("pd_lsp.state")

local M = {}

local function start(command, buffer, argument)
  local uri = vim.uri_from_bufnr(buffer)
  argument = vim.tbl_extend("force", { uri = uri }, argument or {})
  if state.running[uri] then
    return vim.notify("A run of this step is still going: :PdStop stops it.", vim.log.levels.WARN)
  end
  state.running[uri] = true
  local name = vim.fn.fnamemodify(vim.api.nvim_buf_get_name(buffer), ":.")
  output.add(output.BOLD .. "── " .. name .. output.PLAIN .. "\n")
  client.execute(buffer, command, argument, function(answer)
    if not state.running[uri] then
      return -- the server died, and the person has read so
    end
    state.running[uri] = nil
    if answer then
      state.results[uri] = answer
    end
    output.doing(nil)
    result.show(answer)
  end)
end

---@param buffer integer that of the step
---@param argument? table parts of the argument of `pd.runStep`, such as `event`
function M.start(buffer, argument)
  start("pd.runStep", buffer, argument)
end

---@param buffer integer
---@param argument? table
function M.debug(buffer, argument)
  if require("pd_lsp.debugger").can() then
    start("pd.debugStep", buffer, argument)
  end
end

---@param buffer integer
---@param all? boolean every run, not only that of this step
function M.stop(buffer, all)
  client.execute(buffer, "pd.stopRun", all and vim.empty_dict() or { uri = vim.uri_from_bufnr(buffer) })
end

--- Their server is gone: no answer will come for any run.
function M.all_ended()
  if next(state.running) then
    output.doing(nil)
    output.add(output.RED .. "── the server has ended, and the run with it" .. output.PLAIN .. "\n\n")
    state.running = {}
  end
end

return M
