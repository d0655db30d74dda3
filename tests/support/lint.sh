#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Formatting, layers, house rules, QML and clang-tidy. Needs a configured build in build/.
set -euo pipefail
cd "$(dirname "$0")/../.."

failed=0
step() { printf '  lint: %s\n' "$1"; }
fail() { failed=1; }

mapfile -t sources < <(git ls-files --cached --others --exclude-standard -- '*.cpp' '*.h')

step "formatting (clang-format)"
printf '%s\0' "${sources[@]}" | xargs -0 clang-format --dry-run --Werror 2>&1 | grep -E 'error:' | head -20 && fail

step "layers and house rules"
python3 tests/support/check_house.py || fail

step "QML (qmllint, warnings are errors)"
if ! cmake --build build --target all_qmllint -- -k 0 >build/qmllint.log 2>&1; then
    grep -E 'Warning|Error' build/qmllint.log | head -40
    fail
fi

step "clang-tidy (unchanged files are remembered)"
python3 tests/support/tidy.py build || fail

[ $failed = 0 ] || { echo "lint: there is something to mend above" >&2; exit 1; }
