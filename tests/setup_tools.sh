#!/bin/sh
# Makes sure that Node, Chromium, Firefox and WebKit are there for the tests: installs them from
# Debian's packages where that is allowed, else says what to install and fails. Nothing is skipped.
# With "all": also PostgreSQL and the Java that Spark needs, other engines for the rule.
set -eu

missing=""
quicker=""
command -v node >/dev/null 2>&1 && command -v npm >/dev/null 2>&1 || missing="$missing nodejs npm"
command -v chromium >/dev/null 2>&1 || missing="$missing chromium"
# The same without a desktop's frame, so that the tests take less time. Chromium alone does as well.
command -v chromium-headless-shell >/dev/null 2>&1 || quicker="chromium-headless-shell"
command -v firefox-esr >/dev/null 2>&1 || command -v firefox >/dev/null 2>&1 || missing="$missing firefox-esr"
command -v WebKitWebDriver >/dev/null 2>&1 || missing="$missing webkit2gtk-driver"
command -v Xvfb >/dev/null 2>&1 || missing="$missing xvfb"
if [ "${1:-}" = all ]; then
  ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null 2>&1 \
    || missing="$missing postgresql"
  command -v java >/dev/null 2>&1 || missing="$missing openjdk-17-jre-headless"
fi
[ -z "$missing$quicker" ] && exit 0

if [ "$(id -u)" = 0 ]; then as_root=""; else as_root="sudo -n"; fi
install() {
  # shellcheck disable=SC2086
  DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq "$@" >/dev/null
}
if command -v apt-get >/dev/null 2>&1 && $as_root true 2>/dev/null; then
  echo "Installing$missing $quicker from Debian's packages" >&2
  $as_root apt-get update -qq || echo "Debian's lists could not be brought up to date" >&2
  # shellcheck disable=SC2086
  if [ -z "$missing" ] || install $missing; then missing=""; fi
  if [ -n "$quicker" ] && ! install "$quicker"; then
    echo "Without $quicker the tests only take longer." >&2
  fi
fi
[ -z "$missing" ] && exit 0
echo "The tests need:$missing. Install them, for instance on Debian: apt-get install$missing" >&2
echo "(Node 20 or newer with npm, and a Chromium that is on the PATH as chromium.)" >&2
exit 1
