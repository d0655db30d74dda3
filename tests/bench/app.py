#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Measures the app on a virtual screen of its own: start, memory, and what it does while nobody does anything. Beside it
stands a bare window of Qt's Basic controls, for what Qt itself takes. Debian's own Python: it has the test harness's
libraries."""
import argparse
import collections
import json
import os
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "tests/gui"))
from harness import desktop, pointer, tray  # noqa: E402
from harness.waiting import until  # noqa: E402

SETTLE = 4  # seconds until what a start leaves behind is done
RULES = "hubbub.shell.window=true;qt.scenegraph.time.renderloop=true"
CASES = {
    "window": ("bench-window", []),
    "start": ("hubbub", []),
    "host": ("hubbub", ["--host-now"]),
    "demo": ("hubbub", ["--demo"]),
}


def memory(pid):
    """MB as the kernel tells: resident, shared pages counted by share, and what belongs to nothing on disk."""
    text = pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="utf-8")
    return {name.lower(): int(re.search(rf"^{name}:\s+(\d+)", text, re.M)[1]) / 1024
            for name in ("Rss", "Pss", "Anonymous")}


def by_mapping(pid):
    resident, name = collections.Counter(), ""
    for line in pathlib.Path(f"/proc/{pid}/smaps").read_text(encoding="utf-8").splitlines():
        if head := re.match(r"[0-9a-f]+-[0-9a-f]+ (?:\S+ ){4}\s*(.*)", line):
            name = head[1] or "[anonymous]"
        elif line.startswith("Rss:"):
            resident[name] += int(line.split()[1])
    return resident


def threads(pid):
    return pathlib.Path(f"/proc/{pid}/task").iterdir()


def cpu_milliseconds(pid):
    return sum(int((task / "schedstat").read_text().split()[0]) for task in threads(pid)) / 1e6


def wakeups(pid):
    return sum(int(re.search(r"^voluntary_ctxt_switches:\s+(\d+)", (task / "status").read_text(), re.M)[1])
               for task in threads(pid))


class Run:
    """One start of one case, ended with the block."""

    def __init__(self, build, case):
        program, arguments = CASES[case]
        if program == "hubbub":
            arguments = ["--name", "Ana", *arguments]
            if case != "demo":  # the same profile for every start of a case: a first start ever is another thing
                arguments += ["--profile-dir", os.path.join(os.environ["HOME"], case)]
        folder = pathlib.Path(tempfile.mkdtemp(dir=os.environ["HOME"]))
        self._said = folder / "said"
        environment = dict(os.environ, QT_QPA_PLATFORM="xcb", QT_LOGGING_RULES=RULES, XDG_RUNTIME_DIR=str(folder))
        with open(self._said, "w", encoding="utf-8") as log:
            began = time.monotonic()
            self.process = subprocess.Popen([os.path.join(build, "bin", program), *arguments],
                                            stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=environment)
        while "first frame" not in self._said.read_text(encoding="utf-8"):
            if self.process.poll() is not None:
                raise SystemExit(f"bench: {program} ended before its first frame: {self._said.read_text()}")
            time.sleep(0.002)
        self.start = {"milliseconds": 1000 * (time.monotonic() - began), "cpu": cpu_milliseconds(self.process.pid)}

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(20)

    def memory(self):
        return memory(self.process.pid)

    def frames(self):
        """Drawn since the start."""
        return self._said.read_text(encoding="utf-8").count("Frame rendered")

    def idle(self, seconds):
        pid = self.process.pid
        began, frames, cpu, woken = time.monotonic(), self.frames(), cpu_milliseconds(pid), wakeups(pid)
        time.sleep(seconds)  # the measurement itself, not a wait for something
        took = time.monotonic() - began
        return {"cpuPercent": (cpu_milliseconds(pid) - cpu) / took / 10, "wakeups": (wakeups(pid) - woken) / took,
                "frames": self.frames() - frames}

    def hide(self, panel):
        """A click on the tray's icon."""
        def windows():
            return [w for w in pointer.windows_of(self.process.pid) if pointer.geometry(w)[2] >= 200]
        until(lambda: windows() and panel.box().width >= 16, "a window and an icon in the tray")
        panel.click()
        until(lambda: not windows(), "the window to hide")


def measure(case, options, panel):
    starts = []
    for _ in range(options.rounds + 1):
        with Run(options.build, case) as run:
            starts.append(run.start)
    del starts[0]
    with Run(options.build, case) as run:
        time.sleep(SETTLE)
        if options.mappings:
            for name, kilobytes in by_mapping(run.process.pid).most_common(20):
                print(f"    {kilobytes / 1024:6.1f} MB  {name}")
        result = {"starts": starts, "shown": run.memory(), "idle": run.idle(options.idle)}
        if case != "window":
            run.hide(panel)
            time.sleep(options.hidden)
            result |= {"hidden": run.memory(), "hiddenIdle": run.idle(options.idle)}
    return result


def row(case, result):
    def median(key):
        return statistics.median(start[key] for start in result["starts"])
    idle = result["idle"]
    line = (f"{case:8}{median('milliseconds'):8.0f}{median('cpu'):8.0f}"
            + "".join(f"{result['shown'][key]:8.1f}" for key in ("rss", "pss", "anonymous"))
            + f"{idle['cpuPercent']:8.2f}{idle['wakeups']:8.1f}{idle['frames']:8}")
    if "hidden" in result:
        line += f"{result['hidden']['rss']:10.1f}{result['hidden']['pss']:8.1f}{result['hiddenIdle']['wakeups']:8.1f}"
    return line


def main():
    parser = argparse.ArgumentParser(prog="./dev bench app", description=__doc__)
    parser.add_argument("--build", default=str(ROOT / "build"), help="the build directory (build)")
    parser.add_argument("--rounds", type=int, default=5, help="starts each; the table shows medians (5)")
    parser.add_argument("--idle", type=float, default=10, metavar="S", help="seconds watched while idle (10)")
    parser.add_argument("--hidden", type=float, default=4, metavar="S", help="seconds hidden before memory is read (4)")
    parser.add_argument("--only", default="", metavar="REGEX", help="only cases that match: " + ", ".join(CASES))
    parser.add_argument("--mappings", action="store_true", help="also what is resident, by file")
    parser.add_argument("--json", help="file for all figures (BUILD/bench-app.json)")
    options = parser.parse_args()
    path = pathlib.Path(options.json or pathlib.Path(options.build) / "bench-app.json").absolute()
    options.build = os.path.abspath(options.build)
    screen = desktop.Desktop()
    panel = tray.Tray(screen)
    results = {}
    try:
        print("        first frame        shown, MB               idle                   in the tray\n"
              "              ms  ms CPU     RSS     PSS    anon   CPU %  wakes/s frames       RSS     PSS wakes/s", flush=True)
        for case in CASES:
            if re.search(options.only, case):
                results[case] = measure(case, options, panel)
                print(row(case, results[case]), flush=True)
    finally:
        panel.close()
        screen.close()
    path.write_text(json.dumps(results, indent=1), encoding="utf-8")
    print(f"every figure is in {path}")


if __name__ == "__main__":
    sys.exit(main())
