#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# check-manual.sh PAGE PROGRAM...: the manual page names every option that the program's --help names.
set -euo pipefail
page=$(tr -d "\\\\" <"$1")
shift
for option in $("$@" --help | grep -E '^  ' | grep -oE -- ' --[a-z-]+'); do
    grep -qE -- "$option( |,|\`|$)" <<<"$page" || { echo "check-manual: the page of ${*: -1} lacks $option" >&2; exit 1; }
done
