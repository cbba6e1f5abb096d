#!/bin/sh
# Makes a virtual environment with the first interpreter that is new enough: venv.sh FOLDER PYTHON...
# An interpreter counts only if it starts and can make environments (Debian packs that apart).
set -eu

folder=$1
shift
for python in "$@"; do
  if "$python" -c 'import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 11))' 2> /dev/null; then
    exec "$python" -m venv --clear "$folder"
  fi
done
echo "No Python 3.11 or newer that can make a virtual environment. Looked for: $*." >&2
echo "On Debian and Ubuntu the package python3-venv may be what is missing." >&2
exit 1
