--- Chooses an app, then one of its templates, and has the server insert it.
local client = require("pd_lsp.client")

local M = {}

--- Asks for letters of an app's name, then which of the apps that have them. Nothing typed: those of this step.
---@param buffer integer
---@param prompt string
---@param search? string not asked for where it is given
---@param chosen fun(app: table)
function M.choose_app(buffer, prompt, search, chosen)
  local function list(letters)
    local argument = { uri = vim.uri_from_bufnr(buffer), search = letters ~= "" and letters or nil }
    client.execute(buffer, "pd.templates", argument, function(answer)
      local apps = type(answer) == "table" and answer.apps or {}
      if not apps[1] then
        return answer and vim.notify("There is no such app: type some letters of its name.")
      end
      vim.ui.select(apps, {
        prompt = prompt,
        format_item = function(app)
          return ("%s (%s)%s"):format(app.name, app.app, app.connected and ", connected" or "")
        end,
      }, function(app)
        return app and chosen(app)
      end)
    end)
  end
  if search then
    return list(search)
  end
  vim.ui.input({ prompt = prompt .. " (nothing: yours) " }, function(letters)
    return letters and list(letters)
  end)
end

local function caret(served)
  return vim.lsp.util.make_position_params(0, served and served.offset_encoding or "utf-16").position
end

---@param buffer integer that of the step
---@param position? table where the template goes, as LSP has it; nil: at the caret
---@param search? string letters of an app's name
function M.choose(buffer, position, search)
  position = position or caret(client.of(buffer))
  M.choose_app(buffer, "A template of which app?", search, function(app)
    local function insert(number)
      client.execute(buffer, "pd.insertTemplate", {
        uri = vim.uri_from_bufnr(buffer),
        position = position,
        app = app.app,
        template = number - 1,
      })
    end
    if #app.templates == 1 then
      return insert(1)
    end
    vim.ui.select(app.templates, { prompt = "Which template of " .. app.name .. "?" }, function(_, number)
      return number and insert(number)
    end)
  end)
end

return M
