#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Our server and client beside Node's, turn by turn, as ratios; or, asked for "app", the app's start and memory.
# Needs a build in build/: ./dev bench
set -euo pipefail
here=$(dirname "$0")
if [ "${1:-}" = app ]; then
    exec /usr/bin/python3 -B "$here/app.py" "${@:2}" # Debian's own: it has the test harness's libraries
fi
exec python3 "$here/run.py" "$@"
