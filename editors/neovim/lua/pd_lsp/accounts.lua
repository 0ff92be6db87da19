--- Accounts: sign in, connect one, trust a folder. pd-lsp's own commands do it, in a terminal.
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

return M
