--- What the person sets, and the command lines that follow from it.
local state = require("pd_lsp.state")

local M = {}

---@class pd_lsp.Options
---@field program string|string[] `pd-lsp`, where it lies, or a command that starts it
---@field sandbox boolean accounts and apps of the sandbox, without an account of Pipedream
---@field python? string the interpreter that steps run in; nil: the server finds one
---@field rules table<string, string> levels of rules, such as { ["unknown-key"] = "off" }
---@field debug? boolean steps can be debugged; nil: where nvim-dap is
---@field inlay_hints boolean the server says which account an app stands for
---@field completion? boolean completion as you type, from Neovim 0.11 on; nil: where no completion plugin is loaded
---@field lens boolean "Run step" above the handler
---@field height integer lines of the split that shows the runs
local DEFAULTS = {
  program = "pd-lsp",
  sandbox = false,
  python = nil,
  rules = {},
  debug = nil,
  inlay_hints = false,
  completion = nil,
  lens = true,
  height = 12,
}
local KINDS = {
  program = { "string", "table" },
  sandbox = { "boolean" },
  python = { "string" },
  rules = { "table" },
  debug = { "boolean" },
  inlay_hints = { "boolean" },
  completion = { "boolean" },
  lens = { "boolean" },
  height = { "number" },
}

--- Takes what the person has set; what can't be used of it is named in a sentence and left out.
---@param given? table
function M.take(given)
  local options = vim.deepcopy(DEFAULTS)
  for name, value in pairs(type(given) == "table" and given or {}) do
    local kinds = KINDS[name]
    if not kinds then
      M.say_once(("pd-lsp has no option %s: `:help pd-lsp-options` lists them."):format(vim.inspect(name)))
    elseif not vim.tbl_contains(kinds, type(value)) then
      M.say_once(("pd-lsp's option %s takes a %s."):format(name, table.concat(kinds, " or a ")))
    else
      options[name] = value
    end
  end
  state.options = options
end

---@return pd_lsp.Options
function M.current()
  if not state.options then
    M.take(vim.g.pd_lsp)
  end
  return state.options
end

--- The command line of pd-lsp with these arguments: a list, so that no shell reads it.
---@return string[]
function M.command(...)
  local program = M.current().program
  local line = type(program) == "table" and vim.deepcopy(program) or { vim.fn.expand(program) }
  return vim.list_extend(line, { ... })
end

--- `--sandbox`, where it counts.
---@return string[]
function M.sandboxed()
  return M.current().sandbox and { "--sandbox" } or {}
end

---@return string[]
function M.server_command()
  local line = vim.list_extend(M.command("serve", "--stdio"), M.sandboxed())
  local python = M.current().python
  return python and vim.list_extend(line, { "--python", vim.fn.expand(python) }) or line
end

--- Whether pd-lsp can be started; where it can't, the person reads once what to do.
---@return boolean
function M.is_installed()
  local program = M.command()[1]
  if vim.fn.executable(program) == 1 then
    return true
  end
  M.say_once(
    ("%s is not installed, or not on your PATH: install pd-lsp, or set its place with "):format(program)
      .. 'require("pd_lsp").setup({ program = "/absolute/path/of/pd-lsp" }).'
  )
  return false
end

---@param sentence string
---@param level? integer of vim.log.levels; a warning where it is left out
function M.say_once(sentence, level)
  if not state.told[sentence] then
    state.told[sentence] = true
    vim.notify(sentence, level or vim.log.levels.WARN, { title = "pd-lsp" })
  end
end

return M
