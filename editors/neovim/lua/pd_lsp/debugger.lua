--- Debugging with nvim-dap: its adapter is told of ours, and the session of a step that waits is handed on to it.
local options = require("pd_lsp.options")

local M = {}

local ADAPTER = "pd-lsp"
local LACKING = "Debugging needs the plugin nvim-dap, which is not installed. :PdRun runs the step without it."

local function dap()
  local found, module = pcall(require, "dap")
  return found and module or nil
end

--- Whether nvim-dap is there.
---@return boolean
function M.is_there()
  return dap() ~= nil
end

--- The same; where it is not, the person reads so.
---@return boolean
function M.can()
  if not M.is_there() then
    vim.notify(LACKING, vim.log.levels.WARN)
  end
  return M.is_there()
end

local function tell(module)
  if not module.adapters[ADAPTER] then
    local line = options.command("debug-adapter")
    module.adapters[ADAPTER] = { type = "executable", command = line[1], args = vim.list_slice(line, 2) }
  end
end

--- Adds the configuration for a step that `pd-lsp run STEP --debug` has started in a terminal, once.
function M.offer()
  local module = package.loaded["dap"] -- by then the server was told whether it is there
  if not module then
    return
  end
  tell(module)
  module.configurations.python = module.configurations.python or {}
  for _, known in ipairs(module.configurations.python) do
    if known.type == ADAPTER then
      return
    end
  end
  local waiting = { type = ADAPTER, request = "attach", name = "Pipedream step that waits" }
  table.insert(module.configurations.python, waiting)
end

--- A step waits for its debugger: starts it.
---@param params { session: string } of `pd/debugSession`
function M.join(params)
  local module = dap()
  if not module then
    return require("pd_lsp.output").add(LACKING .. " :PdStop stops the step that waits.\n")
  end
  tell(module)
  module.run({ type = ADAPTER, request = "attach", name = "Pipedream step", session = params.session })
end

return M
