--- What the server knows of accounts, and whether it has said that something may be asked for again.
local client = require("pd_lsp.client")
local state = require("pd_lsp.state")

local M = {}

--- Calls `done` with the next news of that kind, once.
---@param what string `accounts`, `workflows` or `runs`
---@param done fun()
function M.once(what, done)
  state.waiting[what] = state.waiting[what] or {}
  table.insert(state.waiting[what], done)
end

--- Takes a `pd/changed` of the server.
---@param what string
function M.heard(what)
  local waiting = state.waiting[what] or {}
  state.waiting[what] = nil
  if what == "accounts" then
    require("pd_lsp.status").is_old()
  end
  for _, done in ipairs(waiting) do
    done()
  end
end

--- Calls `done` with what `pd.accounts` answers, once somebody has asked the service for them or that has failed.
---@param buffer integer
---@param done fun(answer: table)
function M.accounts(buffer, done)
  client.execute(buffer, "pd.accounts", { uri = vim.uri_from_bufnr(buffer) }, function(answer)
    if type(answer) ~= "table" then
      return
    end
    if answer.asking == true and answer.complete ~= true then
      return M.once("accounts", function()
        M.accounts(buffer, done)
      end)
    end
    done(answer)
  end)
end

--- A name from elsewhere in one line, without what could do more than be read.
---@param name any
---@return string
function M.name(name)
  return type(name) == "string" and (name:gsub("%c", " ")) or ""
end

--- Whose accounts are used, in a few words.
---@param answer table
---@return string
function M.signed_in_as(answer)
  local sign_in = type(answer.signIn) == "table" and answer.signIn or {}
  if sign_in.state == "sandbox" then
    return "sandbox"
  elseif sign_in.state == "local only" then
    return "accounts kept here"
  elseif sign_in.state ~= "signed in" then
    return "signed out"
  elseif sign_in.kind == "api" then
    return "user API key"
  end
  local environment = M.name(sign_in.environment)
  return M.name(sign_in.project) .. ", " .. (environment == "production" and "PRODUCTION" or environment)
end

return M
