-- Starts the plugin where nobody has called setup() by then: with `vim.g.pd_lsp`, or with nothing set.
if not require("pd_lsp.state").options then
  require("pd_lsp").setup(vim.g.pd_lsp)
end
