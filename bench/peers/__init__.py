"""How pd-lsp compares with the language servers that people have beside it, in one run: `make bench-peers`."""
