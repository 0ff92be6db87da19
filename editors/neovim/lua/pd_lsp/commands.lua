--- The commands of a step's buffer. `:help pd-lsp-commands` describes them.
local M = {}

---@param module string
---@param name string
---@return function
local function call(module, name)
  return function(...)
    return require("pd_lsp." .. module)[name](...)
  end
end

---@class pd_lsp.Command
---@field [1] string name
---@field [2] string what it does
---@field [3] fun(buffer: integer, argument?: string, bang: boolean)
---@field [4]? table how it is called
---@type pd_lsp.Command[]
M.ALL = {
  {
    "PdRun",
    "Run the step",
    function(buffer)
      require("pd_lsp.run").start(buffer)
    end,
  },
  { "PdRunWithEvent", "Run the step with a saved event", call("events", "run"), { nargs = "?", complete = "file" } },
  {
    "PdStop",
    "Stop the run of this step; with !, every run",
    function(buffer, _, bang)
      require("pd_lsp.run").stop(buffer, bang)
    end,
    { bang = true },
  },
  {
    "PdDebug",
    "Debug the step, with nvim-dap",
    function(buffer)
      require("pd_lsp.run").debug(buffer)
    end,
  },
  { "PdOutput", "Show what runs have printed", call("output", "show") },
  { "PdResult", "Show the whole result of the last run", call("result_view", "open_last") },
  {
    "PdCompare",
    "Compare the last run with the one before",
    function(buffer)
      require("pd_lsp.compare").with_the_run_before(buffer)
    end,
  },
  { "PdRuns", "Choose one of the step's last runs, and show it", call("runs", "choose") },
  {
    "PdTemplate",
    "Insert a template",
    function(buffer, search)
      require("pd_lsp.templates").choose(buffer, nil, search)
    end,
    { nargs = "?" },
  },
  { "PdAccounts", "Show the accounts; choose one, connect one again", call("account_list", "show") },
  { "PdWorkflows", "Go to a step of one of the workflows", call("workflows", "choose") },
  { "PdConnect", "Connect an account of an app", call("accounts", "connect"), { nargs = "?" } },
  { "PdChooseAccount", "Choose which account this project uses", call("account_list", "choose") },
  { "PdRefreshAccounts", "Ask for the accounts again", call("accounts", "refresh") },
  { "PdSignIn", "Sign in to Pipedream, in a terminal", call("accounts", "sign_in") },
  { "PdTrust", "Trust a folder, so that its steps may run", call("accounts", "trust") },
  {
    "PdRestart",
    "Start the server anew",
    function()
      require("pd_lsp.restart").restart()
    end,
  },
}

---@param buffer integer
function M.create(buffer)
  for _, command in ipairs(M.ALL) do
    local how = vim.tbl_extend("force", { desc = command[2], nargs = 0 }, command[4] or {})
    vim.api.nvim_buf_create_user_command(buffer, command[1], function(given)
      command[3](buffer, given.args ~= "" and given.args or nil, given.bang)
    end, how)
  end
end

return M
