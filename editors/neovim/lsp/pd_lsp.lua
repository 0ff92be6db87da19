-- What `vim.lsp.enable("pd_lsp")` starts, from Neovim 0.11 on. Yours goes over it: vim.lsp.config("pd_lsp", { … }).
return require("pd_lsp.client").config()
