--- The accounts with their states, to be looked at, chosen and connected again.
local accounts = require("pd_lsp.accounts")
local client = require("pd_lsp.client")
local overview = require("pd_lsp.overview")

local M = {}

local STATES = {
  dead = "no longer connected",
  unhealthy = "its last renewal failed",
  unreadable = "its token can't be read",
}

--- What a person can do, each with a title and what it does.
---@alias pd_lsp.Deed { title: string, act: fun() }

---@param prompt string
---@param deeds pd_lsp.Deed[]
local function offer(prompt, deeds)
  vim.ui.select(deeds, {
    kind = "pd_lsp",
    prompt = prompt,
    format_item = function(deed)
      return deed.title
    end,
  }, function(deed)
    return deed and deed.act()
  end)
end

local function described(app, account)
  local environment = overview.name(account.environment)
  local place = environment == "production" and "PRODUCTION" or environment
  place = account.provider == "local" and "kept here" or place
  return ("%s: %s%s%s%s"):format(
    overview.name(app.name),
    overview.name(account.name),
    place ~= "" and (" (%s)"):format(place) or "",
    STATES[account.state] and (", %s"):format(STATES[account.state]) or "",
    account.chosen == true and ", used in this project" or ""
  )
end

local function use(buffer, app, account)
  local argument = { uri = vim.uri_from_bufnr(buffer), app = app.app, account = account.id }
  client.execute(buffer, "pd.useAccount", argument, function(answer)
    if answer then
      vim.notify(("%s is used for %s in this project."):format(overview.name(account.name), overview.name(app.name)))
    end
  end)
end

---@return pd_lsp.Deed[]
local function deeds_of(buffer, app, account)
  local deeds = {}
  if #app.accounts > 1 and account.chosen ~= true then
    table.insert(deeds, {
      title = "Use it in this project",
      act = function()
        use(buffer, app, account)
      end,
    })
  end
  if account.provider == "connect" or account.provider == "sandbox" then
    local again = account.state ~= "ok"
    table.insert(deeds, {
      title = again and "Connect it again" or ("Connect another account of %s"):format(overview.name(app.name)),
      act = function()
        accounts.connect(buffer, app.app)
      end,
    })
  end
  return deeds
end

local function open(buffer, app, account)
  local deeds = deeds_of(buffer, app, account)
  if not deeds[1] then
    local names = { overview.name(account.name), overview.name(app.name) }
    return vim.notify(("%s is the account of %s that is used."):format(names[1], names[2]))
  end
  offer(described(app, account), deeds)
end

local function of_all(buffer, answer)
  local state = answer.signIn and answer.signIn.state
  local problem = type(answer.problem) == "string" and answer.problem or ""
  local deeds = {}
  local function add(title, act)
    table.insert(deeds, {
      title = title,
      act = function()
        act(buffer)
      end,
    })
  end
  if problem:find("is not trusted", 1, true) then
    add("Trust the folder…", accounts.trust)
  end
  if state == "sandbox" or answer.signIn and answer.signIn.kind == "connect" then
    add("Connect an account of another app…", accounts.connect)
  end
  if state ~= "sandbox" and (state ~= "signed in" or problem ~= "") then
    add("Sign in to Pipedream…", accounts.sign_in)
  end
  add("Ask for the accounts again", accounts.refresh)
  return deeds
end

--- One deed for each account of the apps that are `wanted`.
---@param act fun(buffer: integer, app: table, account: table)
---@param wanted fun(app: table): boolean
---@return pd_lsp.Deed[]
local function of_each(buffer, answer, act, wanted)
  local deeds = {}
  for _, app in ipairs(vim.tbl_filter(wanted, answer.apps or {})) do
    for _, account in ipairs(app.accounts) do
      table.insert(deeds, {
        title = described(app, account),
        act = function()
          act(buffer, app, account)
        end,
      })
    end
  end
  return deeds
end

--- Lists all accounts, and what can be done with each.
---@param buffer integer
function M.show(buffer)
  overview.accounts(buffer, function(answer)
    local deeds = of_each(buffer, answer, open, function()
      return true
    end)
    local problem = type(answer.problem) == "string" and " " .. overview.name(answer.problem) or ""
    local prompt = ("Accounts (%s).%s"):format(overview.signed_in_as(answer), problem)
    offer(prompt, vim.list_extend(deeds, of_all(buffer, answer)))
  end)
end

--- Chooses which account the steps of this project use, where an app has several: of others there is nothing to choose.
---@param buffer integer
function M.choose(buffer)
  overview.accounts(buffer, function(answer)
    local deeds = of_each(buffer, answer, use, function(app)
      return #app.accounts > 1
    end)
    if deeds[1] then
      return offer("Use which account in this project?", deeds)
    end
    local problem = type(answer.problem) == "string" and answer.problem
    vim.notify(problem or "No app has several accounts, so there is nothing to choose. :PdConnect connects one more.")
  end)
end

return M
