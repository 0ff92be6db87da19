--- Accounts: sign in, connect one, choose one, trust a folder. pd-lsp's own commands do it.
local client = require("pd_lsp.client")
local options = require("pd_lsp.options")
local step = require("pd_lsp.step")
local terminal = require("pd_lsp.terminal")

local M = {}

local function folder_of(buffer)
  return vim.fn.fnamemodify(vim.api.nvim_buf_get_name(buffer), ":p:h")
end

local function sandboxed(...)
  return vim.list_extend(options.command(...), options.sandboxed())
end

---@param buffer integer
function M.refresh(buffer)
  client.execute(buffer, "pd.refreshAccounts", vim.empty_dict(), function(answer)
    if type(answer) == "table" then
      vim.notify(("%d accounts are connected."):format(answer.accounts))
    end
  end)
end

local function then_refresh(buffer)
  return function(code)
    if code == 0 and vim.api.nvim_buf_is_valid(buffer) then
      M.refresh(buffer)
    end
  end
end

local WAYS = {
  { title = "OAuth client of a Connect project, whose accounts can be read", arguments = { "--connect" } },
  { title = "User API key, for the older API", arguments = { "--api-key" } },
}

---@param buffer integer
function M.sign_in(buffer)
  vim.ui.select(WAYS, {
    prompt = "How do you sign in to Pipedream?",
    format_item = function(way)
      return way.title
    end,
  }, function(way)
    if way then
      local line = vim.list_extend(options.command("login"), way.arguments)
      terminal.open(line, folder_of(buffer), then_refresh(buffer))
    end
  end)
end

---@param buffer integer
---@param app? string slug of the app; without it the person searches for it
function M.connect(buffer, app)
  local function open(slug)
    local line = vim.list_extend(sandboxed("accounts", "connect"), { slug })
    terminal.open(line, folder_of(buffer), then_refresh(buffer))
  end
  if app then
    return open(app)
  end
  require("pd_lsp.templates").choose_app(buffer, "Connect an account of which app?", nil, function(found)
    open(found.app)
  end)
end

--- Offers the folder of the workflow and that of the project.
---@param buffer integer
function M.trust(buffer)
  local folders = {}
  for _, folder in ipairs({ step.root(buffer) or folder_of(buffer), folder_of(buffer) }) do
    if folder ~= folders[1] then
      table.insert(folders, folder)
    end
  end
  local prompt = "Trust which folder, to let its steps run with your accounts?"
  vim.ui.select(folders, { prompt = prompt }, function(folder)
    return folder and terminal.open(options.command("trust", folder), folder)
  end)
end

--- Calls pd-lsp, and `done` with what it has printed; what went wrong is said.
local function ask(line, done)
  local said = { stdout = {}, stderr = {} }
  local function keep(_, lines, stream)
    said[stream] = lines
  end
  vim.fn.jobstart(line, {
    stdout_buffered = true,
    stderr_buffered = true,
    on_stdout = keep,
    on_stderr = keep,
    on_exit = function(_, code)
      if code == 0 then
        return done(table.concat(said.stdout, "\n"))
      end
      vim.notify(vim.trim(table.concat(said.stderr, "\n")), vim.log.levels.ERROR)
    end,
  })
end

--- Accounts of apps that have several: of others there is nothing to choose.
local function choices(accounts)
  local count = {}
  for _, account in ipairs(accounts) do
    count[account.app] = (count[account.app] or 0) + 1
  end
  local several = vim.tbl_filter(function(account)
    return count[account.app] > 1
  end, accounts)
  table.sort(several, function(one, other)
    return one.app .. "\0" .. one.label < other.app .. "\0" .. other.label
  end)
  return several
end

--- Chooses which account the steps of this project use where an app has several.
---@param buffer integer
function M.choose(buffer)
  local folder = folder_of(buffer)
  ask(sandboxed("accounts", "--json", "--folder", folder), function(printed)
    local read, listed = pcall(vim.json and vim.json.decode or vim.fn.json_decode, printed)
    local several = read and choices(listed.accounts) or {}
    if not several[1] then
      return vim.notify("No app has several accounts, so there is nothing to choose. :PdConnect connects one more.")
    end
    vim.ui.select(several, {
      prompt = "Use which account in this project?",
      format_item = function(account)
        local state = account.dead == true and ", no longer connected" or ""
        return ("%s: %s (%s)%s"):format(account.app, account.label, account.environment, state)
      end,
    }, function(account)
      if account then
        local line = vim.list_extend(sandboxed("accounts", "use"), { "--folder", folder, account.id })
        ask(line, function(answer)
          vim.notify(vim.trim(answer))
        end)
      end
    end)
  end)
end

return M
