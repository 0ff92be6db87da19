--- Commands of pd-lsp in a terminal of their own. A secret is typed there, unseen, and never passes through the plugin.
local M = {}

---@param line string[]
---@param folder string where it starts
---@param ended? fun(code: integer)
---@return integer window of the terminal
function M.open(line, folder, ended)
  vim.cmd("botright new")
  local how = {
    cwd = folder,
    on_exit = function(_, code)
      return ended and ended(code)
    end,
  }
  if vim.fn.has("nvim-0.11") == 1 then
    how.term = true
    vim.fn.jobstart(line, how)
  else
    vim.fn.termopen(line, how)
  end
  vim.cmd("startinsert")
  return vim.api.nvim_get_current_win()
end

return M
