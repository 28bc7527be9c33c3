#!/bin/sh
# Makes .venv with the pinned packages, once for each state of the lock file. What the system must bring (python3-venv and the
# libraries Qt loads) is installed with apt where we may; where we may not, the command to run is printed.
set -eu
cd "$(dirname "$0")/.."
lock=${1:-requirements.txt}
stamp=.venv/installed-$(cksum < "$lock" | tr ' ' '-')
qt_packages="libgl1 libegl1 libxkbcommon0 libfontconfig1 libdbus-1-3 libglib2.0-0"

say() { printf '%s\n' "$*" >&2; }

install_system() {
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        say "setup: installing $*"
        { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends "$@"; } >/dev/null
    else
        say "setup: missing system packages; as root run:  apt-get install $*"
        return 1
    fi
}

python=${PYTHON:-python3}
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { say "setup: Python 3.11 or newer is needed"; exit 1; }
if [ ! -x .venv/bin/python ]; then
    "$python" -c 'import ensurepip, venv' 2>/dev/null || install_system python3-venv
    "$python" -m venv .venv
fi
if [ ! -e "$stamp" ]; then
    say "setup: installing the pinned packages of $lock into .venv"
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r "$lock" 2>.venv/pip.log \
        || { cat .venv/pip.log >&2; exit 1; }
    touch "$stamp"
fi
if ! .venv/bin/python -c 'import PySide6.QtWidgets' 2>/dev/null; then
    # shellcheck disable=SC2086
    install_system $qt_packages || say "setup: going on without the window; the command line works"
fi
