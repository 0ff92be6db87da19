--- The lenses above a handler, and what happens where the person runs one or a code action with a command of ours.
local M = {}

--- Keeps the lenses of `buffer` as its text is.
---@param buffer integer
function M.show(buffer)
  local function refresh()
    if vim.fn.has("nvim-0.10") == 1 then
      vim.lsp.codelens.refresh({ bufnr = buffer })
    elseif vim.api.nvim_get_current_buf() == buffer then -- all that these versions can refresh
      vim.lsp.codelens.refresh()
    end
  end
  local group = vim.api.nvim_create_augroup("pd_lsp_lens_" .. buffer, { clear = true })
  vim.api.nvim_create_autocmd({ "BufEnter", "InsertLeave", "TextChanged", "BufWritePost" }, {
    group = group,
    buffer = buffer,
    callback = refresh,
  })
  refresh()
end

--- Takes back the lenses of a client that has ended: Neovim keeps them beside those of the next one.
---@param id integer of the client
function M.forget(id)
  local namespace = vim.api.nvim_get_namespaces()["vim_lsp_codelens:" .. id]
  for _, buffer in ipairs(vim.api.nvim_list_bufs()) do
    if namespace and vim.api.nvim_buf_is_loaded(buffer) then
      vim.lsp.codelens.save({}, buffer, id)
      vim.api.nvim_buf_clear_namespace(buffer, namespace, 0, -1)
    end
  end
end

--- Tells Neovim what the commands do that it would otherwise send to the server, or not know.
function M.answer()
  vim.lsp.commands["pd.runStep"] = function(command, context)
    require("pd_lsp.run").start(context.bufnr, command.arguments[1])
  end
  vim.lsp.commands["pd.debugStep"] = function(command, context)
    require("pd_lsp.run").debug(context.bufnr, command.arguments[1])
  end
  vim.lsp.commands["pdLsp.insertTemplate"] = function(command, context)
    require("pd_lsp.templates").choose(context.bufnr, command.arguments[1].position)
  end
end

return M
