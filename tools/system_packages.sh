#!/bin/sh
# Installs what comes from Debian and not from Python, where it is missing: sh tools/system_packages.sh bwrap …
# Takes names of commands; without the right to install it says what to run, and stops.
set -eu
missing=""
for command in "$@"; do
  case "$command" in
    bwrap) package=bubblewrap ;;
    pg_ctl) package=postgresql ;;
    *) package="$command" ;;
  esac
  command -v "$command" >/dev/null 2>&1 && continue
  # Debian keeps the server's own commands out of PATH.
  [ "$command" = pg_ctl ] && ls /usr/lib/postgresql/*/bin/pg_ctl >/dev/null 2>&1 && continue
  missing="$missing $package"
done
[ -z "$missing" ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Installing$missing from Debian."
  export DEBIAN_FRONTEND=noninteractive
  apt-get -o DPkg::Lock::Timeout=120 update -qq
  # shellcheck disable=SC2086
  apt-get -o DPkg::Lock::Timeout=120 install -y -qq --no-install-recommends $missing >/dev/null
else
  echo "Missing from the system:$missing. On Debian or Ubuntu: sudo apt-get install$missing" >&2
  exit 1
fi
