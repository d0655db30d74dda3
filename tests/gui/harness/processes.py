# SPDX-License-Identifier: MIT
"""Programs a story starts, and their end: by number, with all their descendants."""
import ctypes
import os
import pathlib
import signal
import subprocess

from .waiting import until

_PR_SET_CHILD_SUBREAPER = 36


def adopt_orphans():
    """Services that fork away from their starter become our children, so that the end finds them."""
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def _parents():
    table = {}
    for entry in pathlib.Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if fields[0] != "Z":
                table[int(entry.name)] = int(fields[1])
    return table


def descendants(pid):
    table = _parents()
    found, new = set(), {pid}
    while new:
        new = {child for child, parent in table.items() if parent in new} - found
        found |= new
    return found


def _signal(pids, number):
    for pid in pids:
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            pass


def end_all_descendants():
    """Ends everything this process started, however far down."""
    _signal(descendants(os.getpid()), signal.SIGTERM)
    try:
        until(lambda: not descendants(os.getpid()), "programs ending by themselves", 3)
    except AssertionError:
        _signal(descendants(os.getpid()), signal.SIGKILL)
    while True:
        try:
            if os.waitpid(-1, os.WNOHANG)[0] == 0:
                return
        except ChildProcessError:
            return


def start(command, log, **options):
    """Starts a program that writes to the file `log` and can be interrupted."""
    return subprocess.Popen(command, stdin=subprocess.DEVNULL, stderr=log,
                            **{"stdout": log, **options})
