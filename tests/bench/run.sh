#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Our server and client beside Node's, turn by turn, as ratios. Needs a build in build/: ./dev bench
set -euo pipefail
exec python3 "$(dirname "$0")/run.py" "$@"
