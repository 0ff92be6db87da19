--- What a buffer gets once its step is served: commands, lenses, completion.
local options = require("pd_lsp.options")

local M = {}

local COMPLETION_PLUGINS = { "cmp", "blink.cmp", "mini.completion", "coq", "ddc" }

local function has_completion_plugin()
  for _, name in ipairs(COMPLETION_PLUGINS) do
    if package.loaded[name] then
      return true
    end
  end
  return false
end

local function complete(client, buffer)
  local wanted = options.current().completion
  if wanted == nil then
    wanted = not has_completion_plugin()
  end
  if not wanted then
    return
  end
  if vim.lsp.completion then
    vim.bo[buffer].completeopt = "menuone,noinsert,popup"
    vim.lsp.completion.enable(true, client.id, buffer, { autotrigger = true })
  elseif vim.fn.has("nvim-0.8") == 0 then -- the versions between set it themselves
    vim.bo[buffer].omnifunc = "v:lua.vim.lsp.omnifunc"
  end
end

---@param client table
---@param buffer integer
function M.prepare(client, buffer)
  require("pd_lsp.commands").create(buffer)
  complete(client, buffer)
  if options.current().lens then
    require("pd_lsp.lens").show(buffer)
  end
  if options.current().inlay_hints and vim.lsp.inlay_hint then
    vim.lsp.inlay_hint.enable(true, { bufnr = buffer })
  end
  require("pd_lsp.debugger").offer()
  vim.cmd("redrawstatus!") -- a line of the person's own may show whose accounts count
end

return M
