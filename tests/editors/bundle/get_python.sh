#!/usr/bin/env bash
# Unpacks the CPython 3.14 of Debian's newest packages into a folder, for a system that has none.
set -euo pipefail
command -v patchelf >/dev/null || { echo "On Debian and Ubuntu: apt install patchelf" >&2; exit 1; }
mkdir -p "$1"
here="$(cd "$1" && pwd)"
libraries="libc6 libgcc-s1 zlib1g libssl3t64 libffi8 libsqlite3-0 libexpat1 libbz2-1.0 liblzma5 libuuid1 libzstd1"
# shellcheck disable=SC2086 # these are several
loader="$("$(dirname "$0")/../unpack_debian.sh" "$here" sid \
  python3.14 python3.14-minimal libpython3.14-minimal libpython3.14-stdlib $libraries)"
python="$here/root/usr/bin/python3.14"
# Written into the program: uv reads there which C library an interpreter has.
patchelf --set-interpreter "$loader" --set-rpath "$(dirname "$loader")" --force-rpath "$python"
"$python" -c 'import bz2, ctypes, lzma, sqlite3, ssl, sys, uuid, zlib; print(sys.version, sys.executable)'
