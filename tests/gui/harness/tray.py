# SPDX-License-Identifier: MIT
"""A panel that takes tray icons in, as desktops without the D-Bus protocol do."""
import subprocess

from . import pointer, processes
from .element import Box, centre
from .waiting import until


def _edges(box):
    x, y, width, height = box
    return x, y, x + width, y + height


def _within(inner, outer):
    return inner[0] >= outer[0] and inner[1] >= outer[1] and inner[2] <= outer[2] and inner[3] <= outer[3]


class Tray:
    """Starts at the bottom left of the screen and is as wide as its icons."""

    def __init__(self, desktop):
        self._log = open(desktop.folder / "tray.log", "w", encoding="utf-8")
        self._panel = processes.start(["trayer", "--edge", "bottom", "--align", "left", "--widthtype", "request",
                                       "--heighttype", "pixel", "--height", "24", "--SetDockType", "false",
                                       "--SetPartialStrut", "false"], self._log)
        self._said = desktop.folder / "tray.log"
        self._right = False
        self._window = until(self._find, self._why_not)

    def _why_not(self):
        """What to look at when the panel does not come."""
        tree = subprocess.run(["xwininfo", "-root", "-tree"], capture_output=True, text=True, timeout=10)
        return (f"the panel's window; exit code so far: {self._panel.poll()}; it said: "
                f"{self._said.read_text(encoding='utf-8')}\n{tree.stdout}{tree.stderr}")

    def _find(self):
        try:
            found = subprocess.run(["xdotool", "search", "--onlyvisible", "--class", "^trayer$"], check=True,
                                   capture_output=True, text=True, timeout=10).stdout.split()
        except subprocess.CalledProcessError:
            return None
        return int(found[0]) if found else None

    def icon(self, pid):
        """Where the icon of that program is, or None while the panel has not shown it yet: made wide for it is not
        enough, as a click before the icon is there goes to the panel."""
        panel = _edges(pointer.geometry(self._window))
        inside = (Box(*place) for place in pointer.places_of(pid).values() if _within(_edges(place), panel))
        return next(inside, None)

    def hover(self, pid):
        """Two steps over the icon: a pointer that never moves asks for no tooltip."""
        x, y = centre(until(lambda: self.icon(pid), "an icon in the tray"))
        pointer.park(x - 1, y)
        pointer.park(x, y)

    def click(self, pid, button=1):
        """On one half of the icon and then on the other: a story is quick enough for two clicks on one spot to count as
        a double click, which opens no menu."""
        x, y, width, height = until(lambda: self.icon(pid), "an icon in the tray")
        self._right = not self._right
        pointer.click(Box(x + width // 2 * self._right, y, width // 2, height), button)

    def close(self):
        self._panel.terminate()
        self._panel.wait(10)
        self._log.close()
