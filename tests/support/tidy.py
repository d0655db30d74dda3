#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs clang-tidy over the build's own sources; a file whose content, headers and checks have not changed since it was
last found clean is passed over. What is left is looked at in batches, each as one translation unit, for most of the time
goes to Qt's headers; the files of a batch that is not clean are looked at again one by one, and that is what counts."""
import concurrent.futures
import hashlib
import json
import os
import re
import subprocess
import sys

INCLUDE = re.compile(rb'^\s*#\s*include\s+"([^"]+)"', re.M)
TARGET = re.compile(r"/CMakeFiles/([^/]+)\.dir/")
ROOMS = ("libclient/", "server-lite/", "app/", "qml/")
BATCH = 8  # files


def digest(path, seen):
    """Every project header a file reaches, so that a change of any of them counts."""
    if path in seen or not os.path.exists(path):
        return
    content = open(path, "rb").read()
    seen[path] = hashlib.sha256(content).digest()
    for name in INCLUDE.findall(content):
        digest(name.decode(), seen)


def key_of(checks, name):
    seen = {}
    digest(name, seen)
    return hashlib.sha256(checks + b"".join(seen[p] for p in sorted(seen))).hexdigest()


def main():
    build = sys.argv[1]
    cache = os.path.join(build, "clang-tidy-clean")
    os.makedirs(cache, exist_ok=True)
    checks = open(".clang-tidy", "rb").read()
    root = os.getcwd() + "/"
    entries = json.load(open(os.path.join(build, "compile_commands.json"), encoding="utf-8"))
    # clang cannot read g++'s precompiled headers, nor does it need them.
    plain = os.path.join(build, "clang-tidy-commands")
    os.makedirs(plain, exist_ok=True)
    wanted = {}
    for entry in entries:
        entry["command"] = re.sub(r"-Winvalid-pch|-Wno-(restrict|stringop-overflow)|-include \S+cmake_pch\.hxx", "", entry["command"])
        name = entry["file"].removeprefix(root)
        if name.startswith(ROOMS):
            wanted[name] = entry
    stamps = {name: os.path.join(cache, key_of(checks, name)) for name in wanted}
    targets = {}
    for name in sorted(wanted):
        if not os.path.exists(stamps[name]):
            targets.setdefault(TARGET.search(wanted[name]["command"]).group(1), []).append(name)
    batches = {}
    for target, names in targets.items():
        for at in range(0, len(names), BATCH):
            unit = os.path.join(os.path.abspath(plain), f"{target}-{at}.cpp")
            batches[unit] = names[at : at + BATCH]
            with open(unit, "w", encoding="utf-8") as out:
                out.writelines(f'#include "{root}{name}"\n' for name in batches[unit])
            first = wanted[names[at]]
            wanted[unit] = {**first, "file": unit, "command": first["command"].replace(first["file"], unit)}
    with open(os.path.join(plain, "compile_commands.json"), "w", encoding="utf-8") as out:
        json.dump(list(wanted.values()), out)

    def tidy(path):
        return subprocess.run(["clang-tidy", "-p", plain, "--quiet", path], capture_output=True, text=True)

    def check(unit):
        names = batches[unit]
        reports = {}
        if len(names) == 1 or tidy(unit).returncode:
            reports = {name: done.stdout for name in names if (done := tidy(name)).returncode}
        for name in names:
            if name not in reports:
                open(stamps[name], "w", encoding="utf-8").close()
        return reports

    failed = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for reports in pool.map(check, batches):
            for name, report in reports.items():
                failed += 1
                print(f"    {name}\n{report}")
    return 1 if failed else 0


sys.exit(main())
