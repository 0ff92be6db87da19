"""How fast pd-lsp is, beside a bare pygls server and beside bare `python`, in one run: `make bench`."""
