#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Runs clang-tidy over the build's own sources; a file whose content, headers and checks have not changed since it was
last found clean is passed over."""
import concurrent.futures
import hashlib
import json
import os
import re
import subprocess
import sys

INCLUDE = re.compile(rb'^\s*#\s*include\s+"([^"]+)"', re.M)
ROOMS = ("libclient/", "server-lite/", "app/", "qml/")


def digest(path, seen):
    """Every project header a file reaches, so that a change of any of them counts."""
    if path in seen or not os.path.exists(path):
        return
    content = open(path, "rb").read()
    seen[path] = hashlib.sha256(content).digest()
    for name in INCLUDE.findall(content):
        digest(name.decode(), seen)


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
    with open(os.path.join(plain, "compile_commands.json"), "w", encoding="utf-8") as out:
        json.dump(list(wanted.values()), out)

    def check(name):
        seen = {}
        digest(name, seen)
        key = hashlib.sha256(checks + b"".join(seen[p] for p in sorted(seen))).hexdigest()
        stamp = os.path.join(cache, key)
        if os.path.exists(stamp):
            return name, 0, ""
        done = subprocess.run(["clang-tidy", "-p", plain, "--quiet", name], capture_output=True, text=True)
        if done.returncode == 0:
            open(stamp, "w", encoding="utf-8").close()
        return name, done.returncode, done.stdout

    failed = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for name, code, output in pool.map(check, sorted(wanted)):
            if code:
                failed += 1
                print(f"    {name}\n{output}")
    return 1 if failed else 0


sys.exit(main())
