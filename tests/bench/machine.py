# SPDX-License-Identifier: MIT
"""What /proc tells of this machine and of a process on it."""
import os
import resource
import threading
import time


def cpu_model():
    with open("/proc/cpuinfo", encoding="utf-8") as lines:
        return next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), "unknown")


def busy_seconds():
    """Of all processors, by anybody, since the machine started."""
    with open("/proc/stat", encoding="utf-8") as lines:
        user, nice, system, _, _, irq, soft, steal = map(int, lines.readline().split()[1:9])
    return (user + nice + system + irq + soft + steal) / os.sysconf("SC_CLK_TCK")


def own_seconds():
    return sum(u.ru_utime + u.ru_stime
               for u in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)))


def resident_kib(pid):
    with open(f"/proc/{pid}/statm", encoding="utf-8") as line:
        return int(line.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") // 1024


def settled_kib(pid):
    """Resident memory once it has not moved for a second, at most twenty seconds later."""
    last = resident_kib(pid)
    for _ in range(20):
        time.sleep(1)
        now = resident_kib(pid)
        if now == last:
            break
        last = now
    return last


class Watch:
    """Resident KiB and open files of a process, ten times a second."""

    def __init__(self, pid):
        self.pid = pid
        self.resident = []
        self.files = []
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._over.set()
        self._thread.join()

    def _look(self):
        while not self._over.wait(0.1):
            self.resident.append(resident_kib(self.pid))
            self.files.append(len(os.listdir(f"/proc/{self.pid}/fd")))

    def files_closed(self):
        """Of those that were open at a time, how many were closed a second before the end of the watch."""
        return max(self.files) - self.files[-11 if len(self.files) > 10 else 0]
