#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The rules of the house that a machine can see: who may include whom, sizes, licences, tokens."""
import re
import subprocess
import sys

# A folder may include itself and what stands behind it; design of the layers in docs/architecture.md.
MAY_INCLUDE = {
    "libclient/protocol": [],
    "libclient/transport": ["libclient/protocol"],
    "libclient/client": ["libclient/transport", "libclient/protocol"],
    "libclient/outbox": ["libclient/client", "libclient/transport", "libclient/protocol"],
    "libclient/qml": ["libclient/client", "libclient/outbox", "libclient/transport", "libclient/protocol"],
    "server-lite/net": ["libclient/protocol"],
    "server-lite/transport": ["server-lite/net", "libclient/protocol"],
    "server-lite/core": ["server-lite/transport", "server-lite/net", "libclient/protocol"],
    "server-lite/auth": ["libclient/protocol"],
    "server-lite/storage": ["server-lite/net", "libclient/protocol"],
    "server-lite/metrics": ["server-lite/transport", "server-lite/net", "libclient/protocol"],
    "server-lite/middleware": ["server-lite/core", "server-lite/auth", "server-lite/net", "libclient/protocol"],
    "server-lite/gateway": ["server-lite/core", "server-lite/middleware", "server-lite/auth", "server-lite/storage", "server-lite/metrics",
                            "server-lite/net", "server-lite/transport", "libclient/protocol"],
    "server-lite/cli": ["server-lite", "libclient/protocol"],
    "server-lite/load": ["libclient/protocol"],
    "app": ["libclient", "server-lite/cli", "server-lite/gateway", "server-lite/core", "server-lite/auth", "server-lite/storage", "qml/Ui"],
    "qml": ["libclient/qml", "app", "resources"],
}
SOFT_LINES, HARD_LINES = 300, 600
HEX = re.compile(r'"#[0-9A-Fa-f]{6,8}"')
TOKEN_FILES = ("qml/Ui/Theme.qml", "qml/Ui/Palette.qml")
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
SLEEP = re.compile(r"QTest::q(Wait|Sleep)\(|QThread::m?sleep\(|sleep_for\(|usleep\(")


def room_of(path):
    for room in sorted(MAY_INCLUDE, key=len, reverse=True):
        if path.startswith(room + "/"):
            return room
    return None


def tracked(*patterns):
    out = subprocess.run(["git", "ls-files", "--cached", "--others", "--exclude-standard", "--", *patterns],
                         check=True, capture_output=True, text=True).stdout
    return sorted(set(out.split()))


def main():
    problems, notes = [], []
    for path in tracked("*.cpp", "*.h", "*.qml", "*.js", "*.mjs", "*.py", "*.sh", "CMakeLists.txt", "*.cmake"):
        try:
            text = open(path, encoding="utf-8").read()
        except FileNotFoundError:
            continue
        lines = text.splitlines()
        if not any("SPDX-License-Identifier: MIT" in line for line in lines[:3]):
            problems.append(f"{path}: no SPDX line at its head")
        if len(lines) > HARD_LINES:
            problems.append(f"{path}: {len(lines)} lines; {HARD_LINES} is the most")
        elif len(lines) > SOFT_LINES and not path.startswith("tests/"):
            notes.append(f"{path}: {len(lines)} lines; what second thing is it doing?")
        room = room_of(path)
        for number, line in enumerate(lines, 1):
            where = f"{path}:{number}"
            include = re.match(r'\s*#\s*include\s+"([^"]+)"', line)
            if include and room:
                target = include.group(1)
                allowed = [room, *MAY_INCLUDE[room]]
                if "/" in target and not any(target.startswith(a + "/") for a in allowed):
                    problems.append(f"{where}: {room} may not include {target}")
            if path.endswith(".qml") and path not in TOKEN_FILES and HEX.search(line):
                problems.append(f"{where}: a colour outside the token files")
            if UNFINISHED.search(line) and not path.endswith("check_house.py"):
                problems.append(f"{where}: unfinished: {line.strip()[:80]}")
            if path.startswith("tests/") and SLEEP.search(line):
                problems.append(f"{where}: a sleep is not a synchronisation")
    for note in notes:
        print(f"    note: {note}")
    for problem in problems:
        print(f"    {problem}")
    return 1 if problems else 0


sys.exit(main())
