#!/bin/sh
# Install what is missing and leave the rest alone. "make" calls this; it can be run by hand too:
#   ./setup.sh run    what the site needs
#   ./setup.sh dev    that, and what its tests and checks need
set -eu
cd "$(dirname "$0")"
for_what=${1:-dev}

# Everything that decides what is installed, and the place: a moved folder is set up again.
wanted=$({ pwd && cat setup.sh pyproject.toml requirements.txt requirements-dev.txt tests/verifiers/package-lock.json; } | cksum)
stamp=.venv/.installed-$for_what
if [ -x .venv/bin/python ] && [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ]; then exit 0; fi

say() { printf '%s\n' "$*" >&2; }
stop() { say "$*"; exit 1; }
has() { command -v "$1"; }
recent() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }
library() { "$python" -c 'import ctypes, sys; ctypes.CDLL(sys.argv[1])' "$1"; }
any_file() { for file in "$@"; do if [ -e "$file" ]; then return 0; fi; done; return 1; }
font() { find -L /usr/share/fonts /usr/local/share/fonts -name "$1" 2>/dev/null | grep -q .; }

# need PACKAGE CHECK…: the package is missing unless the check succeeds.
# wish does the same for what the site can start without.
need() { package=$1; shift; "$@" >/dev/null 2>&1 || needed="$needed $package"; }
wish() { package=$1; shift; "$@" >/dev/null 2>&1 || wished="$wished $package"; }

look() {
    needed='' wished=''
    if [ "$(uname -s)" = Darwin ]; then
        need pango any_file /opt/homebrew/lib/libpangoft2-1.0.dylib /usr/local/lib/libpangoft2-1.0.dylib
        pdf_tools=poppler node=node
    else
        need "$(basename "$python")-venv" "$python" -c 'import ensurepip'
        need libpangoft2-1.0-0 library libpangoft2-1.0.so.0
        need libharfbuzz-subset0 library libharfbuzz-subset.so.0
        wish fonts-noto-core font 'NotoSans-Regular.*'
        wish fonts-noto-cjk font 'NotoSansCJK*'
        pdf_tools=poppler-utils node=nodejs
    fi
    wish "$pdf_tools" has pdftoppm
    if [ "$for_what" = dev ]; then
        need chromium has chromium
        need "$pdf_tools" has pdftotext
        need qpdf has qpdf
        need "$node" has node
        need npm has npm
        need postgresql any_file "$(has initdb)" /usr/lib/postgresql/*/bin/initdb
    fi
}

apt() {
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300 "$@" >/dev/null
}

# Install with the system's package manager, when there is one that we may use.
install() {
    if has brew >/dev/null; then
        brew install "$@"
    elif has apt-get >/dev/null; then
        as_root=''
        if [ "$(id -u)" != 0 ]; then
            sudo -n true 2>/dev/null || return 1
            as_root='sudo -n'
        fi
        apt update && apt install -y --no-install-recommends "$@"
    else
        return 1
    fi
}

python=''
for candidate in python3.13 python3.12 python3.11 python3; do
    if recent "$candidate"; then python=$candidate; break; fi
done
found=$(python3 --version 2>/dev/null || echo 'no python3')
[ "$python" ] || stop "Course Engine needs Python 3.11 or newer; here is $found. Install it, then run make again."

look
if [ "$needed$wished" ]; then
    say "Installing system packages:$needed$wished"
    # The names hold no spaces, so splitting them is what is wanted.
    # shellcheck disable=SC2086
    install $needed $wished || say "They could not be installed from here."
    look
fi
[ -z "$needed" ] || stop "System packages are missing:$needed$wished. Install them (Debian: sudo apt-get install, macOS: brew install), then run make again."
[ -z "$wished" ] || say "The site runs without them, but names in some scripts and pictures of samples need:$wished"

recent .venv/bin/python || "$python" -m venv --clear .venv
pip() { .venv/bin/python -m pip install --quiet --quiet --no-input --disable-pip-version-check "$@"; }
say "Installing Python packages into .venv; the first time this takes a minute or two."
if [ "$for_what" = dev ]; then
    pip --require-hashes -r requirements.txt -r requirements-dev.txt
else
    pip --require-hashes -r requirements.txt
fi
pip --no-deps --no-build-isolation --editable .
if [ "$for_what" = dev ]; then
    say "Installing the verifiers that tests ask, into tests/verifiers."
    npm ci --prefix tests/verifiers --silent || stop "The verifiers could not be installed: run npm ci in tests/verifiers to see why."
fi

printf '%s\n' "$wanted" >"$stamp"
if [ "$for_what" = dev ]; then printf '%s\n' "$wanted" >.venv/.installed-run; fi
