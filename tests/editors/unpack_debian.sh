#!/usr/bin/env bash
# Unpacks packages of another suite of Debian into FOLDER/root, for a program that this system has not or not so new.
# Nothing is installed; apt checks the signatures as ever. Among the packages is libc6, as the program was linked with it:
# started by the loader that is unpacked too, whose path is printed.
# usage: unpack_debian.sh FOLDER SUITE PACKAGE...
set -euo pipefail
mkdir -p "$1"
cd "$1"
here=$PWD
suite=$2
shift 2
mirror="$(apt-get indextargets --format '$(REPO_URI)' 'Origin: Debian' 'Label: Debian' | head -n 1)"
[ -n "$mirror" ] || { echo "$* are taken from Debian's packages, and this system has no source of them." >&2; exit 1; }

mkdir -p lists/partial archives/partial
touch status
echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror $suite main" > sources.list
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
apt-get download -qq "$@"
for package in *.deb; do dpkg-deb --extract "$package" root; done
rm -rf lists archives ./*.deb ./*.bin
echo "$here"/root/usr/lib/*/ld-linux*
