# Sourced by the scripts that need a package of the system: installs it where that can be done without asking.
# shellcheck shell=bash

# Root, or sudo that asks for no password, and Debian's way to install. Nothing is said: the caller knows what is missing and why.
may_install_packages() {
  command -v apt-get >/dev/null && { [[ "$(id -u)" -eq 0 ]] || sudo -n true 2>/dev/null; }
}

# From wherever this machine's own configuration says. What apt-get has to say goes to stderr.
install_system_packages() { # package...
  local root=()
  if [[ "$(id -u)" -ne 0 ]]; then root=(sudo -n); fi
  printf '%s: installing %s\n' "${0##*/}" "$*" >&2
  # Lists that are there are used: new ones take longer than the installation. With old ones a package may be gone, though.
  try_packages "$@" 2>/dev/null && return 0
  ${root[@]+"${root[@]}"} apt-get update -qq >&2 && try_packages "$@"
}

try_packages() {
  ${root[@]+"${root[@]}"} env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >&2
}
