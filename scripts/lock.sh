#!/bin/sh
# Locks the dependencies with hashes, for every platform and Python 3.11 or newer: lock.sh UV
# The files name packages only: no index, no host, no path of this machine.
set -eu

uv=$1
cd "$(dirname "$0")/.."
[ -d .venv-lock ] || scripts/venv.sh .venv-lock python3.13 python3.12 python3.11 python3
.venv-lock/bin/python -m pip --disable-pip-version-check -qq install "$uv"

compile() {
  .venv-lock/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
    --no-emit-index-url --no-emit-find-links --annotation-style line \
    --custom-compile-command "make lock" "$@" pyproject.toml requirements/build.in
}

compile --extra dev --output-file requirements/dev.txt
compile --constraint requirements/dev.txt --output-file requirements/run.txt   # the same versions in both

for file in requirements/dev.txt requirements/run.txt; do
  sed -e 's/, -c requirements\/dev\.txt//' -e 's/-c requirements\/dev\.txt, //' "$file" > "$file.new"
  mv "$file.new" "$file"
  if grep -nE '://|^-|^ *--(index|extra-index|find-links)' "$file"; then
    echo "$file names an address: remove it" >&2
    exit 1
  fi
done
