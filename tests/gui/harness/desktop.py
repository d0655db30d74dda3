# SPDX-License-Identifier: MIT
"""One virtual screen with a window manager, a session bus and the accessibility bus, all private to this process."""
import os
import pathlib
import shutil
import subprocess
import tempfile

from . import processes
from .waiting import until

WIDTH, HEIGHT = 2600, 820
MESSAGE_PATTERN = ("%{if-warning}warning %{endif}%{if-critical}critical %{endif}%{if-fatal}fatal %{endif}"
                   "%{if-category}%{category}: %{endif}%{message}")

# Windows without decoration: a picture of one is the picture of what the program drew.
_OPENBOX = """<?xml version="1.0" encoding="UTF-8"?>
<openbox_config xmlns="http://openbox.org/3.4/rc">
  <theme><keepBorder>no</keepBorder></theme>
  <focus><focusNew>yes</focusNew></focus>
  <keyboard><keybind key="A-F4"><action name="Close"/></keybind></keyboard>
  <mouse><context name="Client">
    <mousebind button="Left" action="Press"><action name="Focus"/><action name="Raise"/></mousebind>
    <mousebind button="Right" action="Press"><action name="Focus"/></mousebind>
  </context></mouse>
  <applications><application class="*"><decor>no</decor></application></applications>
</openbox_config>
"""


def _managed():
    answer = subprocess.run(["xprop", "-root", "_NET_SUPPORTING_WM_CHECK"], capture_output=True, text=True, timeout=10)
    return "window id" in answer.stdout


class Desktop:
    """Start one per test program: the accessibility library remembers its bus for ever."""

    def __init__(self):
        processes.adopt_orphans()
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="hubbub-gui-"))
        self._log = open(self.folder / "desktop.log", "w", encoding="utf-8")
        runtime = self.folder / "run"
        runtime.mkdir(mode=0o700)
        os.environ.update(XDG_RUNTIME_DIR=str(runtime), HOME=str(self.folder), XDG_CURRENT_DESKTOP="test",
                          LC_ALL="C.UTF-8", TZ="UTC", NO_AT_BRIDGE="0")
        for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
            os.environ.pop(name, None)
        self._screen()
        self._bus()
        self._manager()

    def _screen(self):
        reading, writing = os.pipe()
        processes.start(["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{WIDTH}x{HEIGHT}x24",
                         "-nolisten", "tcp", "-noreset"], self._log, pass_fds=[writing])
        os.close(writing)
        with os.fdopen(reading) as number:
            os.environ["DISPLAY"] = ":" + number.readline().strip()

    def _bus(self):
        bus = processes.start(["dbus-daemon", "--session", "--nofork", "--nopidfile", "--print-address=1"],
                              self._log, stdout=subprocess.PIPE, text=True)
        os.environ["DBUS_SESSION_BUS_ADDRESS"] = bus.stdout.readline().strip()

    def _manager(self):
        settings = self.folder / "openbox.xml"
        settings.write_text(_OPENBOX, encoding="utf-8")
        processes.start(["openbox", "--sm-disable", "--config-file", str(settings)], self._log)
        until(_managed, "the window manager")

    def program_environment(self):
        """What a program under test needs so that a screen reader can look inside."""
        return dict(os.environ, QT_LINUX_ACCESSIBILITY_ALWAYS_ON="1", QT_QPA_PLATFORM="xcb",
                    QT_QUICK_BACKEND="software", QT_SCALE_FACTOR="1", QT_FONT_DPI="96",
                    QT_MESSAGE_PATTERN=MESSAGE_PATTERN)

    def close(self):
        processes.end_all_descendants()
        self._log.close()
        shutil.rmtree(self.folder, ignore_errors=True)
