#!/usr/bin/env bash
# Unpacks the Helix of Debian 13 into a folder: Debian 12 has none.
set -euo pipefail
mkdir -p "$1"
here="$(cd "$1" && pwd)"
loader="$("$(dirname "$0")/../unpack_debian.sh" "$here" trixie hx libc6 libgcc-s1)"
cat > "$here/hx" <<END
#!/bin/sh
export HELIX_RUNTIME="$here/root/usr/lib/hx/runtime"
exec "$loader" --library-path "$(dirname "$loader")" "$(find "$here/root" -type f -name hx -perm -u+x | head -n 1)" "\$@"
END
chmod +x "$here/hx"
"$here/hx" --version
