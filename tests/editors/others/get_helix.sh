#!/usr/bin/env bash
# Unpacks the Helix of Debian 13, and the C library that it was linked with, into a folder: on Debian 12, which has none.
# Nothing is installed; apt checks the signatures as ever.
set -euo pipefail
mkdir -p "$1"
cd "$1"
here=$PWD
mirror="$(apt-get indextargets --format '$(REPO_URI)' 'Origin: Debian' 'Label: Debian' | head -n 1)"
[ -n "$mirror" ] || { echo "Helix is taken from Debian's packages, and this system has no source of them." >&2; exit 1; }

mkdir -p lists/partial archives/partial
touch status
echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror trixie main" > sources.list
cat > apt.conf <<END
Dir::State::Lists "$here/lists";
Dir::State::status "$here/status";
Dir::Cache "$here";
Dir::Etc::SourceList "$here/sources.list";
Dir::Etc::SourceParts "/dev/null";
Acquire::Languages "none";
APT::Sandbox::User "root";
END
export APT_CONFIG="$here/apt.conf"
apt-get update -qq
apt-get download -qq hx libc6 libgcc-s1
for package in *.deb; do dpkg-deb --extract "$package" root; done
rm -rf lists archives ./*.deb ./*.bin

libraries="$(dirname "$(echo "$here"/root/usr/lib/*/libc.so.6)")"
cat > hx <<END
#!/bin/sh
export HELIX_RUNTIME="$here/root/usr/lib/hx/runtime"
exec "$(echo "$libraries"/ld-linux*)" --library-path "$libraries" "$(find "$here/root" -type f -name hx -perm -u+x | head -n 1)" "\$@"
END
chmod +x hx
./hx --version
