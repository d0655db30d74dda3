#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The QML examples of a page are the files they name, all of them: check_qml.py FOLDER PAGE"""
import os
import re
import sys


def main():
    folder, page = sys.argv[1:]
    shown = dict(re.findall(r"^`(\w+\.qml)`:\n\n```qml\n(.*?)^```$", open(page, encoding="utf-8").read(), re.M | re.S))
    files = {name: open(os.path.join(folder, name), encoding="utf-8").read().split("\n", 1)[1]
             for name in os.listdir(folder) if name.endswith(".qml")}
    wrong = [name for name in sorted(shown.keys() | files.keys()) if shown.get(name) != files.get(name)]
    if wrong or not shown:
        sys.exit(f"{page} and {folder} differ: {', '.join(wrong) or 'no examples'}")
    print(f"{len(shown)} examples, all as in their files")


main()
