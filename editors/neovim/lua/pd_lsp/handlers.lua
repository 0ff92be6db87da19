--- What the server says, by the method it comes with. Given to Neovim's client as its `handlers`.
local output = require("pd_lsp.output")

local M = {}

local LEVELS = { vim.log.levels.ERROR, vim.log.levels.WARN, vim.log.levels.INFO, vim.log.levels.INFO }
local HERE = { -- what a sentence of the server tells people to type, and the command for it here
  ["pd%-lsp login"] = ":PdSignIn",
  ["pd%-lsp trust"] = ":PdTrust",
}

M["pd/output"] = function(_, params)
  output.stream(params.text)
end

M["pd/debugSession"] = function(_, params)
  require("pd_lsp.debugger").join(params)
end

M["pd/changed"] = function(_, params)
  require("pd_lsp.overview").heard(params.what)
end

M["window/showMessage"] = function(_, params)
  local said = params.message
  for typed, command in pairs(HERE) do
    if said:find(typed) then
      said = ("%s (Here: %s)"):format(said, command)
    end
  end
  vim.notify(said, LEVELS[params.type] or vim.log.levels.INFO, { title = "pd-lsp" })
  return params
end

M["window/showMessageRequest"] = function(_, params)
  return require("pd_lsp.questions").answer(params)
end

M["$/progress"] = function(err, params, ...)
  local value = params.value
  if type(value) == "table" then
    local message = type(value.message) == "string" and value.message or type(value.title) == "string" and value.title
    output.doing(value.kind ~= "end" and message or nil)
  end
  local usual = vim.lsp.handlers["$/progress"]
  return usual and usual(err, params, ...)
end

--- The accounts are known now. Neovim 0.10 and 0.11 show new hints of an unchanged text only where it was not drawn
--- since they were asked for: forgetting the old ones first makes sure of that.
M["workspace/inlayHint/refresh"] = function(_, _, context)
  for _, buffer in ipairs(vim.lsp.get_buffers_by_client_id(context.client_id)) do
    if vim.lsp.inlay_hint.is_enabled({ bufnr = buffer }) then
      vim.lsp.inlay_hint.enable(false, { bufnr = buffer })
      vim.lsp.inlay_hint.enable(true, { bufnr = buffer })
    end
  end
  return vim.NIL
end

return M
