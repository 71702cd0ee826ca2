# Sourced by scripts/run and scripts/test: Node's version, packages, and steps that end with the script that runs them.
# shellcheck shell=bash

readonly STARTED_AS="${0##*/}"
# shellcheck source=scripts/packages.sh
source scripts/packages.sh

say() { printf '%s: %s\n' "$STARTED_AS" "$*" >&2; }
die() {
  say "$*"
  exit 1
}

need_node() {
  command -v node >/dev/null || die 'Node.js is missing: install version 20.19 or newer'
  node -e '
    const [major, minor] = process.versions.node.split(".").map(Number);
    process.exit(major > 20 || (major === 20 && minor >= 19) ? 0 : 1)' ||
    die "Node.js $(node --version) is too old: install version 20.19 or newer"
  command -v npm >/dev/null || die 'npm is missing: it comes with Node.js, or as a package of its own'
}

STEP=''
# A group of its own for each step, so that a signal that ends this script ends all that the step has started.
step() {
  local status=0
  STEP=starting
  set -m
  "$@" </dev/null &
  STEP=$!
  set +m
  wait "$STEP" || status=$?
  STEP=''
  return "$status"
}

stop_step() { # exit code
  trap - INT TERM HUP
  local group="$STEP" tries
  # The signal came between the step's start and the note of it.
  if [[ "$group" == starting ]]; then group="${!:-}"; fi
  if [[ -n "$group" ]]; then
    kill -TERM -- "-$group" 2>/dev/null || true
    for ((tries = 0; tries < 20; tries += 1)); do
      kill -0 -- "-$group" 2>/dev/null || break
      sleep 0.1
    done
    kill -KILL -- "-$group" 2>/dev/null || true
    wait "$group" 2>/dev/null || true
  fi
  exit "$1"
}
trap 'stop_step 130' INT
trap 'stop_step 143' TERM
trap 'stop_step 129' HUP

# Where no prebuilt sqlite3 can be had it is compiled: with the headers that came with this Node instead of a download, and against
# the system's SQLite, if that is new enough, instead of compiling all of SQLite.
ease_compiling() {
  local prefix header=/usr/include/sqlite3.h
  prefix="$(node -p 'require("node:path").dirname(require("node:path").dirname(process.execPath))')"
  if [[ -f "$prefix/include/node/node_version.h" ]]; then export npm_config_nodedir="$prefix"; fi
  if [[ -r "$header" && "$(sed -n 's/^#define SQLITE_VERSION_NUMBER *//p' "$header")" -ge 3040000 ]]; then
    export npm_config_sqlite=/usr
  fi
}

packages_are_installed() {
  local done=node_modules/.package-lock.json
  [[ -f "$done" && ! package-lock.json -nt "$done" ]]
}

# Against the system's SQLite sqlite3 is compiled in seconds, and without it in a minute and a half. Where it cannot be had, nothing is
# said: it only takes longer.
quicken_compiling() {
  if packages_are_installed || [[ -r /usr/include/sqlite3.h ]] || ! may_install_packages; then return 0; fi
  step install_system_packages libsqlite3-dev || say 'libsqlite3-dev could not be installed: it goes on without'
}

# npm leaves .package-lock.json behind as its last act: without it, or with an older one, packages are not as the lock file says.
install_packages() {
  if packages_are_installed; then return 0; fi
  say 'installing the packages of package-lock.json (npm ci); sqlite3 may be compiled, which takes a minute or two'
  ease_compiling
  export SCARF_ANALYTICS=false # A dependency of swagger-ui-dist would report each installation.
  step npm ci || die 'npm ci failed (see above)'
}
