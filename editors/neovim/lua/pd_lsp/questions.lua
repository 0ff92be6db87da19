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

--- Whether vim.ui.select is Neovim's own list, below which a question of several lines is read whole.
local function is_list_of_neovim()
  return debug.getinfo(vim.ui.select, "S").source:find("vim/ui.lua", 1, true) ~= nil
end

--- What a list asks. A picker that has taken its place cuts a title to one short line, and the accounts and the
--- environment of the run with it: there the whole question stands in the split of the runs.
local function prompt(message)
  if is_list_of_neovim() then
    return message
  end
  local output = require("pd_lsp.output")
  output.add(output.BOLD .. require("pd_lsp.colours").only(message) .. output.PLAIN .. "\n")
  return (message:match("^[^\n]*"):gsub("%S*/([^/%s]+/[^/%s]+)", "%1"))
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
    prompt = prompt(params.message),
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
