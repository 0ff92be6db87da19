--- The server's questions before a run, asked with vim.ui.select where Neovim lets an answer wait.
local M = {}

---@param titles string[]
---@return integer? number of the title
local function ask_at_once(message, titles)
  local lines = { message }
  for number, title in ipairs(titles) do
    table.insert(lines, ("%d. %s"):format(number, title))
  end
  local number = vim.fn.inputlist(lines)
  return titles[number] and number or nil
end

--- The action that the person chooses, or null: closing the list is a no.
---@param params table of `window/showMessageRequest`
function M.answer(params)
  local actions = params.actions or {}
  local waiting, is_main = coroutine.running()
  if not waiting or is_main then -- before 0.10 the answer must be there when this returns, whatever vim.ui.select is
    local titles = vim.tbl_map(function(action)
      return action.title
    end, actions)
    return actions[ask_at_once(params.message, titles) or 0] or vim.NIL
  end
  vim.ui.select(actions, {
    kind = "pd_lsp",
    prompt = params.message,
    format_item = function(action)
      return action.title
    end,
  }, function(chosen)
    vim.schedule(function() -- after the yield below, where a choice is made within the call
      coroutine.resume(waiting, chosen or vim.NIL)
    end)
  end)
  return coroutine.yield()
end

return M
