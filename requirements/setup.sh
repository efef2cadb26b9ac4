#!/bin/sh
# Leaves .venv with what the locks name, and the system packages that a purpose needs; does nothing where both are there.
#
#   requirements/setup.sh [--for demo|tests|bundle] [train] [dev]
#
# PYTHON=/path/to/python3.12 names the Python to make .venv from.
set -eu
cd "$(dirname "$0")/.."

fail() {
    printf '%s\n' "$1" >&2
    exit 1
}

fits() {
    "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' >/dev/null 2>&1
}

find_python() {
    if [ -n "${PYTHON:-}" ]; then
        fits "$PYTHON" || fail "PYTHON=$PYTHON is not a Python 3.11, 3.12 or 3.13: name one that is."
        printf '%s\n' "$PYTHON"
        return
    fi
    # What the user calls python3 goes first: it is the one that apt's python3-venv belongs to.
    for candidate in python3 python3.13 python3.12 python3.11 python \
        "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.13.*/bin/python3 \
        "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.12.*/bin/python3 \
        "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.11.*/bin/python3; do
        if fits "$candidate"; then
            printf '%s\n' "$candidate"
            return
        fi
    done
    fail "No Python 3.11, 3.12 or 3.13 was found: install one (Debian 12: apt-get install python3 python3-venv), or name it: make setup PYTHON=/path/to/python3.12"
}

# Installs Debian packages, or says how to and ends.
apt_install() {
    if ! command -v apt-get >/dev/null 2>&1; then
        fail "Missing on this system: $*. Install what holds them here, then call make again."
    elif [ "$(id -u)" = 0 ]; then
        as_root=""
    elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
        as_root="sudo"
    else
        fail "System packages are missing; have them installed and call make again: sudo apt-get update && sudo apt-get install --yes --no-install-recommends $*"
    fi
    echo "Installing system packages: $*"
    # Lists of packages may be absent (a container) or old: they are fetched where the first try fails.
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends "$@" >/dev/null 2>&1 ||
        { $as_root apt-get update >/dev/null &&
            $as_root env DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends "$@" >/dev/null; } ||
        fail "These system packages could not be installed: $*. See what apt-get says above, mend it, then call make again."
}

installed() {
    # Ubuntu 24.04 renamed some libraries to NAMEt64.
    dpkg-query --show --showformat='${db:Status-Status}\n' "$1" "$1t64" 2>/dev/null | grep -qx installed
}

system_packages() {
    offscreen="libglib2.0-0 libegl1 libgl1 libxkbcommon0 libfontconfig1 libdbus-1-3 fonts-dejavu-core"
    window="libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0 libx11-6 libxrandr2 libxfixes3"
    screen="xvfb xauth openbox xdotool x11-xserver-utils poppler-utils"
    case "$1" in
        demo) if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then echo "$offscreen $window"; else echo "$offscreen"; fi ;;
        tests) echo "$offscreen $window $screen" ;;
        bundle) echo "$offscreen $window $screen binutils" ;;
    esac
}

# Elsewhere than on Debian and its children the names differ; macOS needs none.
missing_packages() {
    command -v dpkg-query >/dev/null 2>&1 || return 0
    for package in $(system_packages "$1"); do
        installed "$package" || echo "$package"
    done
}

# Debian parts the venv module from Python.
missing_venv() {
    "$1" -c 'import ensurepip, venv' >/dev/null 2>&1 ||
        "$1" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])'
}

checksum() {
    if command -v sha256sum >/dev/null 2>&1; then sha256sum "$1"; else shasum -a 256 "$1"; fi | cut -d ' ' -f 1
}

# install_lock NAME FOLDER [pip's options]
#
# FOLDER/fer-locks has a line for each lock that is installed there, with the Python that it was installed for.
install_lock() {
    name=$1
    locks="$2/fer-locks"
    shift 2
    line="$name $(checksum "requirements/$name.lock") $version"
    grep -qxF "$line" "$locks" 2>/dev/null && return 0
    .venv/bin/python -m pip --version >/dev/null 2>&1 || .venv/bin/python -m ensurepip >/dev/null
    echo "Installing requirements/$name.lock (the first time takes minutes)"
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes "$@" -r "requirements/$name.lock" ||
        fail "requirements/$name.lock could not be installed: check the network and the free disk space, then call make again."
    { grep -v "^$name " "$locks" 2>/dev/null || true; echo "$line"; } >"$locks.new"
    mv "$locks.new" "$locks"
}

purpose=demo
extras=""
while [ $# -gt 0 ]; do
    case "$1" in
        --for) purpose=$2; shift ;;
        train | dev) extras="$extras $1" ;;
        *) fail "There is no extra named $1: the extras are train and dev." ;;
    esac
    shift
done

python=""
fits .venv/bin/python || python=$(find_python)
missing="$([ -z "$python" ] || missing_venv "$python") $(missing_packages "$purpose")"
# shellcheck disable=SC2086  # a list of names
[ -z "${missing# }" ] || apt_install $missing
if [ -n "$python" ]; then
    echo "Making .venv with $("$python" --version)"
    "$python" -m venv --clear .venv
fi
version=$(.venv/bin/python -c 'import sys; print("%d.%d" % sys.version_info[:2])')
for lock in app $extras; do
    install_lock "$lock" .venv
done
if [ "$purpose" = bundle ]; then
    # Beside .venv, where it would quarrel with the OpenCV that is there.
    mkdir -p build/opencv
    install_lock bundle build/opencv --no-deps --upgrade --target build/opencv
fi
