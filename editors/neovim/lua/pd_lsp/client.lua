--- Neovim's LSP client for pd-lsp, in whichever way this version of Neovim starts one.
local options = require("pd_lsp.options")
local state = require("pd_lsp.state")
local step = require("pd_lsp.step")

local M = { NAME = "pd_lsp" }

local function capabilities()
  local all = vim.lsp.protocol.make_client_capabilities()
  all.experimental = { pd = true }
  -- From 0.10 on Neovim shows Markdown with the backslashes that escape it: `apn\_openaikey`.
  all.textDocument.hover.contentFormat = { "plaintext" }
  all.textDocument.completion.completionItem.documentationFormat = { "plaintext" }
  return all
end

--- Set when a server starts, not before: whether nvim-dap is there is asked of a plugin manager that may load it for
--- that.
local function initialization_options()
  local set = options.current()
  local debug = set.debug
  if debug == nil then
    debug = require("pd_lsp.debugger").is_there()
  end
  return {
    rules = next(set.rules) and set.rules or vim.empty_dict(),
    debug = debug,
    inlayHints = set.inlay_hints,
  }
end

--- The configuration of the client, for `lsp/pd_lsp.lua` and for the versions before.
---@return table
function M.config()
  return {
    name = M.NAME,
    cmd = options.server_command(),
    filetypes = { "python" },
    root_dir = function(buffer, found)
      local root = step.root(buffer)
      if root and options.is_installed() then
        found(root)
      end
    end,
    capabilities = capabilities(),
    handlers = require("pd_lsp.handlers"),
    before_init = function(params)
      params.initializationOptions = initialization_options()
    end,
    on_exit = function(code, signal, id)
      vim.schedule(function()
        require("pd_lsp.restart").ended(code, signal, id)
      end)
    end,
  }
end

--- Starts a server for the step in `buffer`, or uses the one that is there; does nothing where it holds no step.
---@param buffer integer
function M.attach(buffer)
  local root = vim.api.nvim_buf_is_loaded(buffer) and step.root(buffer)
  if not root or M.of(buffer) or not options.is_installed() then
    return
  end
  local config = vim.lsp.enable and vim.lsp.config[M.NAME] or M.config()
  config = vim.tbl_extend("force", config, { root_dir = root })
  if vim.lsp.start then
    vim.api.nvim_buf_call(buffer, function()
      vim.lsp.start(config, { bufnr = buffer })
    end)
  else
    M._start_by_hand(config, buffer)
  end
end

--- Neovim 0.7 neither finds a client again nor says by an event that it has attached.
function M._start_by_hand(config, buffer)
  local known = state.clients[config.root_dir]
  if not (known and vim.lsp.get_client_by_id(known)) then
    config.on_attach = function(client, attached)
      require("pd_lsp.attached").prepare(client, attached)
    end
    known = vim.lsp.start_client(config)
    state.clients[config.root_dir] = known
  end
  if known then
    vim.lsp.buf_attach_client(buffer, known)
  end
end

--- Starts what is missing for every step that is open.
function M.attach_all()
  for _, buffer in ipairs(vim.api.nvim_list_bufs()) do
    M.attach(buffer)
  end
end

---@return table[]
function M.all()
  local clients = (vim.lsp.get_clients or vim.lsp.get_active_clients)()
  return vim.tbl_filter(function(client)
    return client.name == M.NAME
  end, clients)
end

--- The client that serves `buffer`, or nil.
---@param buffer integer
---@return table?
function M.of(buffer)
  for _, client in ipairs(M.all()) do
    if vim.lsp.buf_is_attached(buffer, client.id) then
      return client
    end
  end
end

--- Sends a command of the server with its one argument (docs/commands.md of pd-lsp). `answered` is called with the
--- answer, or with nil: then the person has read why.
---@param buffer integer
---@param command string
---@param argument table
---@param answered? fun(answer: any)
function M.execute(buffer, command, argument, answered)
  local client = M.of(buffer)
  if not client then
    vim.notify("pd-lsp does not run for this file: `:checkhealth pd_lsp` says why.", vim.log.levels.WARN)
    return answered and answered(nil)
  end
  local function on_answer(err, answer)
    if err then
      vim.notify("pd-lsp: " .. tostring(err.message or err), vim.log.levels.ERROR)
    end
    if answered then
      answered(answer ~= vim.NIL and answer or nil)
    end
  end
  local params = { command = command, arguments = { argument } }
  if vim.fn.has("nvim-0.11") == 1 then
    client:request("workspace/executeCommand", params, on_answer, buffer)
  else
    client.request("workspace/executeCommand", params, on_answer, buffer)
  end
end

return M
