#!/bin/sh
# Set up the environment of the project: install.sh PYTHON FOLDER. `make` calls it.
#
# FOLDER/ready is written last. Until then FOLDER/incomplete is there, and the next call begins
# with an empty folder: a package that was half copied looks installed to every installer.
set -eu
python=$1 venv=$2
bin=$venv/bin
cd "$(dirname "$0")/.."

# Behind a link is the environment of another copy, whose files would be taken away.
if [ -L "$venv" ]; then
    echo "$venv is a link to another environment; delete the link (rm $venv) and run make again" >&2
    exit 1
fi

begin() {
    if [ -e "$venv/incomplete" ]; then rm -rf "$venv"; fi
    mkdir -p "$venv"
    # Its time becomes that of `ready`: what changes during the install is newer.
    touch "$venv/incomplete"
    rm -f "$venv/ready"
    "$python" -m venv "$venv"
}

# pip's settings are not uv's. An index that replaces PyPI can be handed on; with anything else
# uv either finds all packages without it, or fails, and pip installs.
use_index_of_pip() {
    index=${PIP_INDEX_URL:-$("$bin/python" -m pip config get global.index-url 2>/dev/null || true)}
    if [ -n "$index" ]; then export UV_DEFAULT_INDEX="${UV_DEFAULT_INDEX:-$index}"; fi
}

# uv links the files of its cache into the environment, and warns where that cannot be done:
# between two file systems. There it is told to copy.
choose_link_mode() {
    cache=$("$bin/uv" cache dir)
    mkdir -p "$cache"
    probe=$(mktemp "$cache/link.XXXXXX")
    ln "$probe" "$venv/link" 2>/dev/null || export UV_LINK_MODE="${UV_LINK_MODE:-copy}"
    rm -f "$probe" "$venv/link"
}

# One command list, so that the first failure ends it: `set -e` is off inside a condition.
with_uv() {
    "$bin/python" -m pip install --quiet -r requirements-uv.txt &&
        use_index_of_pip &&
        choose_link_mode &&
        "$bin/uv" pip install --quiet --python "$bin/python" -r requirements.txt -e .
}

with_pip() {
    "$bin/python" -m pip install --quiet -r requirements.txt -e .
}

echo "installing into $venv"
begin
with_uv || {
    echo "uv could not install the packages; pip does, which takes longer"
    with_pip
}
mv "$venv/incomplete" "$venv/ready"
