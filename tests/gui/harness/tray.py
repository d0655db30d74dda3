# SPDX-License-Identifier: MIT
"""A panel that takes tray icons in, as desktops without the D-Bus protocol do."""
import subprocess

from . import pointer, processes
from .waiting import until


class Tray:
    """Starts at the bottom left of the screen and is as wide as its icons."""

    def __init__(self, desktop):
        self._log = open(desktop.folder / "tray.log", "w", encoding="utf-8")
        self._panel = processes.start(["trayer", "--edge", "bottom", "--align", "left", "--widthtype", "request",
                                       "--heighttype", "pixel", "--height", "24", "--SetDockType", "false",
                                       "--SetPartialStrut", "false"], self._log)
        log = desktop.folder / "tray.log"
        self._window = until(self._find, lambda: f"the panel's window; it said: {log.read_text(encoding='utf-8')}")

    def _find(self):
        try:
            found = subprocess.run(["xdotool", "search", "--onlyvisible", "--class", "^trayer$"], check=True,
                                   capture_output=True, text=True, timeout=10).stdout.split()
        except subprocess.CalledProcessError:
            return None
        return int(found[0]) if found else None

    def box(self):
        """Where its one icon is."""
        from .element import Box
        return Box(*pointer.geometry(self._window))

    def click(self, button=1):
        pointer.click(self.box(), button)

    def close(self):
        self._panel.terminate()
        self._panel.wait(10)
        self._log.close()
