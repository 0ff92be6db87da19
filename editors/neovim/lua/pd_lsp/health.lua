--- `:checkhealth pd_lsp`.
local client = require("pd_lsp.client")
local debugger = require("pd_lsp.debugger")
local options = require("pd_lsp.options")
local step = require("pd_lsp.step")

local M = {}

local report = vim.health or require("health")
local start, ok = report.start or report.report_start, report.ok or report.report_ok
local info, warn = report.info or report.report_info, report.warn or report.report_warn
local fail = report.error or report.report_error

local function check_neovim()
  if vim.fn.has("nvim-0.11") == 1 then
    ok("Neovim starts pd-lsp by vim.lsp.enable")
  elseif vim.fn.has("nvim-0.7") == 1 then
    info("This Neovim completes with <C-x><C-o>; from 0.11 on as you type")
  else
    fail("pd-lsp needs Neovim 0.7 or newer")
  end
end

local function check_program()
  local line = options.command("--version")
  if vim.fn.executable(line[1]) == 0 then
    local advice = { "Install pd-lsp", 'or set its place: require("pd_lsp").setup({ program = "/absolute/path" })' }
    return fail(line[1] .. " can't be started", advice)
  end
  local said = vim.trim(vim.fn.system(line))
  if vim.v.shell_error == 0 then
    ok(said .. ", started as " .. table.concat(options.command(), " "))
    info("`pd-lsp doctor` in a terminal checks keys, keyring, network, trust and interpreter")
  else
    fail(table.concat(line, " ") .. " fails: " .. said)
  end
end

local function check_buffers()
  local found = false
  for _, buffer in ipairs(vim.api.nvim_list_bufs()) do
    local root = vim.api.nvim_buf_is_loaded(buffer) and step.root(buffer)
    if root then
      found = true
      local name = vim.fn.fnamemodify(vim.api.nvim_buf_get_name(buffer), ":~:.")
      local say = client.of(buffer) and ok or warn
      say(
        ("%s is a step of %s%s"):format(name, root, client.of(buffer) and "" or ", and nothing serves it: :PdRestart")
      )
    end
  end
  if not found then
    info("No step is open: a Python file that a workflow.yaml above it lists, or one with `def handler(pd`")
  end
end

function M.check()
  start("pd-lsp")
  check_neovim()
  check_program()
  check_buffers()
  if debugger.is_there() then
    ok("nvim-dap is there: :PdDebug debugs a step")
  else
    info("nvim-dap is not installed: without it steps run, but can't be debugged")
  end
end

return M
