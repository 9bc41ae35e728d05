#!/usr/bin/env bash
# axe-core into a folder, by npm where there is one; without it its test is left out.
set -euo pipefail
[ -e "$1/package/axe.min.js" ] && exit
if ! command -v npm >/dev/null; then
  echo "no npm, so accessibility is not looked at"
  exit
fi
mkdir -p "$1"
cd "$1"
if ! packed=$(npm pack --silent axe-core@4.14.1); then
  echo "npm cannot fetch axe-core, so accessibility is not looked at"
  exit
fi
tar -xzf "$packed" package/axe.min.js
