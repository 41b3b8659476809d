#!/bin/sh
# Makes sure that Node, Chromium, Firefox and WebKit are there for the tests: installs them from
# Debian's packages where that is allowed, else says what to install and fails. Nothing is skipped.
# With "all": also PostgreSQL and the Java that Spark needs, other engines for the rule.
set -eu

missing=""
command -v node >/dev/null 2>&1 && command -v npm >/dev/null 2>&1 || missing="$missing nodejs npm"
command -v chromium >/dev/null 2>&1 || missing="$missing chromium"
command -v firefox-esr >/dev/null 2>&1 || command -v firefox >/dev/null 2>&1 || missing="$missing firefox-esr"
command -v WebKitWebDriver >/dev/null 2>&1 || missing="$missing webkit2gtk-driver"
command -v Xvfb >/dev/null 2>&1 || missing="$missing xvfb"
if [ "${1:-}" = all ]; then
  ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null 2>&1 \
    || missing="$missing postgresql"
  command -v java >/dev/null 2>&1 || missing="$missing openjdk-17-jre-headless"
fi
[ -z "$missing" ] && exit 0

if [ "$(id -u)" = 0 ]; then as_root=""; else as_root="sudo -n"; fi
if command -v apt-get >/dev/null 2>&1 && $as_root true 2>/dev/null; then
  echo "Installing$missing from Debian's packages" >&2
  $as_root apt-get update -qq
  # shellcheck disable=SC2086
  DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq $missing >/dev/null && exit 0
fi
echo "The tests need:$missing. Install them, for instance on Debian: apt-get install$missing" >&2
echo "(Node 20 or newer with npm, and a Chromium that is on the PATH as chromium.)" >&2
exit 1
