#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Every test that a page names is there: check_names.py TESTS PAGE..."""
import glob
import os
import re
import sys


def main():
    tests, pages = sys.argv[1], sys.argv[2:]
    sources = {os.path.basename(path)[:-4]: open(path, encoding="utf-8").read()
               for path in glob.glob(f"{tests}/**/tst_*.cpp", recursive=True)}
    missing, named = [], 0
    for page in pages:
        for test, function in re.findall(r"`(tst_\w+)(?:::(\w+))?`", open(page, encoding="utf-8").read()):
            named += 1
            there = test in sources and (not function or re.search(rf"\bvoid {function}\(\)", sources[test]))
            if not there:
                missing.append(f"{page}: {test}::{function}")
    if missing or not named:
        sys.exit("\n".join(missing) or "no tests are named")
    print(f"{named} names, all there")


main()
