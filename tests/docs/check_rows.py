#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Every row of the list of bad inputs is there once, with a test or the reason why there is none: check_rows.py PAGE"""
import re
import sys

WANTED = [str(number) for number in range(1, 53)] + [f"D{number}" for number in range(1, 14)]


def main():
    page = open(sys.argv[1], encoding="utf-8").read()
    rows = {}
    problems = []
    for line in page.splitlines():
        if match := re.match(r"\| (D?\d+) \|", line):
            if match[1] in rows:
                problems.append(f"row {match[1]} is there twice")
            rows[match[1]] = line
    problems += [f"row {name} is missing" for name in WANTED if name not in rows]
    problems += [f"row {name} is none of the list" for name in rows if name not in WANTED]
    problems += [f"row {name} names no test" for name, line in rows.items()
                 if not re.search(r"`tst_\w+::\w+`", line) and "not here: " not in line]
    if problems:
        sys.exit("\n".join(problems))
    print(f"{len(rows)} rows, all with what shows them")


main()
