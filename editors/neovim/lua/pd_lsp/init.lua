--- pd-lsp in Neovim: starts the server where a step is, and adds the commands that run it.
local client = require("pd_lsp.client")
local options = require("pd_lsp.options")
local step = require("pd_lsp.step")

local M = {}

--- Everything may be left out; `:help pd-lsp-options` says what there is.
---@param given? table
function M.setup(given)
  options.take(given)
  local group = vim.api.nvim_create_augroup("pd_lsp", { clear = true })
  -- A file becomes a step by what is written into it, too.
  vim.api.nvim_create_autocmd({ "FileType", "BufWritePost" }, {
    group = group,
    callback = function(event)
      if event.event ~= "FileType" or not vim.lsp.enable then
        client.attach(event.buf)
      elseif step.root(event.buf) then
        options.is_installed() -- vim.lsp.enable starts it, and says nothing where it can't
      end
    end,
  })
  if vim.lsp.start then
    vim.api.nvim_create_autocmd("LspAttach", {
      group = group,
      callback = function(event)
        local attached = vim.lsp.get_client_by_id(event.data.client_id)
        if attached and attached.name == client.NAME then
          require("pd_lsp.attached").prepare(attached, event.buf)
        end
      end,
    })
  end
  require("pd_lsp.lens").answer()
  if vim.lsp.enable then
    vim.lsp.config(client.NAME, { cmd = options.server_command() }) -- over what was read before setup() was called
    vim.lsp.enable(client.NAME)
  else
    client.attach_all()
  end
end

--- Whose accounts the step of a buffer runs with, for a status line: `pd-lsp: proj_abc, PRODUCTION`. Empty elsewhere.
---@param buffer? integer
---@return string
function M.status(buffer)
  return require("pd_lsp.status").text(buffer)
end

return M
