#!/bin/sh
# Opens the planner from this folder; with words after it, runs that command instead: start.sh check --workspace DIR
# Nothing is installed and nothing is written into this folder.
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd -P) || exit 1
python=${PLANNER_PYTHON:-$(command -v python@PYTHON@ || true)}
if [ -z "$python" ]; then
    echo "Python @PYTHON@ was not found. Install it, or name it: PLANNER_PYTHON=/path/to/python@PYTHON@ sh start.sh" >&2
    exit 2
fi
exec "$python" -I -S -B -X utf8 "$here/launch.py" "$@"
