# SPDX-License-Identifier: MIT
"""The system's browser as a program meets it: xdg-open, here one that only writes down what it is asked to open."""
import os

_SCRIPT = """#!/bin/sh
printf '%s\\n' "$*" >> "{asked}"
"""


class Browser:
    """Make it before the programs under test start: they find it first on their PATH."""

    def __init__(self, desktop):
        folder = desktop.folder / "browser"
        folder.mkdir()
        self._asked = folder / "asked"
        script = folder / "xdg-open"
        script.write_text(_SCRIPT.format(asked=self._asked), encoding="utf-8")
        script.chmod(0o755)
        os.environ["PATH"] = f"{folder}:{os.environ['PATH']}"

    def opened(self):
        """What it was asked to open since last time, each with all that was said to it."""
        try:
            asked = self._asked.read_text(encoding="utf-8").splitlines()
            self._asked.unlink()
            return asked
        except FileNotFoundError:
            return []
