#!/usr/bin/env bash
# Unpacks the Neovim of Debian's newest packages into a folder, as `nvim` there.
set -euo pipefail
command -v patchelf >/dev/null || { echo "On Debian and Ubuntu: apt install patchelf" >&2; exit 1; }
mkdir -p "$1"
here="$(cd "$1" && pwd)"
libraries="libc6 libgcc-s1 libluajit-5.1-2 libtree-sitter0.26 libunibilium4 libutf8proc3 libuv1t64 lua-lpeg lua-luv"
# shellcheck disable=SC2086 # these are several
loader="$("$(dirname "$0")/../unpack_debian.sh" "$here" sid neovim neovim-runtime $libraries)"
folder="$(dirname "$loader")"
patchelf --set-interpreter "$loader" --set-rpath "$folder" --force-rpath "$here/root/usr/bin/nvim"
cat > "$here/nvim" <<END
#!/bin/sh
export VIMRUNTIME="$here/root/usr/share/nvim/runtime" LUA_CPATH="$folder/lua/5.1/?.so;;"
exec "$here/root/usr/bin/nvim" "\$@"
END
chmod +x "$here/nvim"
"$here/nvim" --version | head -n 1
