--- Whose accounts the step in a buffer runs with, for a line of the person's own that is drawn many times a second.
local client = require("pd_lsp.client")
local overview = require("pd_lsp.overview")
local state = require("pd_lsp.state")

local M = {}

local function dead(answer)
  local count = 0
  for _, app in ipairs(answer.apps or {}) do
    for _, account in ipairs(app.accounts or {}) do
      count = count + (account.state == "dead" and 1 or 0)
    end
  end
  return count
end

local function text_of(answer)
  local words = "pd-lsp: " .. overview.signed_in_as(answer)
  local count = dead(answer)
  if count > 0 then
    words = words .. (", %d account%s dead"):format(count, count == 1 and "" or "s")
  end
  if type(answer.problem) == "string" then
    words = words .. ", see :PdAccounts"
  end
  return (words:gsub("%%", "")) -- a status line reads what stands behind one
end

--- Nothing where pd-lsp does not serve the buffer, or has not answered yet.
---@param buffer? integer
---@return string
function M.text(buffer)
  buffer = buffer or vim.api.nvim_get_current_buf()
  local served = client.of(buffer)
  if not served then
    return ""
  end
  local key = served.id .. " " .. vim.fn.fnamemodify(vim.api.nvim_buf_get_name(buffer), ":p:h")
  state.status[key] = state.status[key] or { text = "", asked = false }
  local known = state.status[key]
  if not known.asked then
    known.asked = true
    client.execute(buffer, "pd.accounts", { uri = vim.uri_from_bufnr(buffer) }, function(answer)
      if type(answer) == "table" then
        known.text = text_of(answer)
        vim.cmd("redrawstatus!")
      end
    end)
  end
  return known.text
end

--- What is shown stays until there is an answer to the next question.
function M.is_old()
  for _, known in pairs(state.status) do
    known.asked = false
  end
  if next(state.status) then
    vim.cmd("redrawstatus!")
  end
end

return M
