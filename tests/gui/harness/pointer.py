# SPDX-License-Identifier: MIT
"""Real events: the X server itself hears the key and the button (XTEST)."""
import subprocess

from .element import centre


def _do(*words):
    # Without --sync, which waits 15 s for a pointer that is there already: the server keeps the order by itself.
    return subprocess.run(["xdotool", *map(str, words)], check=True, capture_output=True, text=True,
                          timeout=30).stdout


def click(box, button=1):
    x, y = centre(box)
    _do("mousemove", x, y, "click", button)


def wheel_down(x, y):
    """One notch over that point."""
    _do("mousemove", x, y, "click", 5)


def park(x, y):
    """Puts the pointer where it hovers over nothing."""
    _do("mousemove", x, y)


def type_text(text):
    _do("type", "--delay", "8", "--", text)


def press(keys):
    """One key or chord by its X name: Return, ctrl+comma."""
    _do("key", "--clearmodifiers", keys)


def windows_of(pid):
    try:
        return [int(number) for number in _do("search", "--onlyvisible", "--pid", pid).split()]
    except subprocess.CalledProcessError:
        return []


def places_of(pid):
    """Every visible window of that program with where it is, but for one that closed while it was looked at."""
    places = {}
    for window in windows_of(pid):
        try:
            places[window] = geometry(window)
        except subprocess.CalledProcessError:
            pass
    return places


def kinds_of(pid):
    """What each visible window of that program says it is, as _NET_WM_WINDOW_TYPE; but for one that closed meanwhile."""
    answers = ((window, subprocess.run(["xprop", "-id", str(window), "_NET_WM_WINDOW_TYPE"], capture_output=True,
                                       text=True, timeout=30)) for window in windows_of(pid))
    return {window: answer.stdout for window, answer in answers if answer.returncode == 0}


def geometry(window):
    values = dict(line.split("=") for line in _do("getwindowgeometry", "--shell", window).split())
    return tuple(int(values[key]) for key in ("X", "Y", "WIDTH", "HEIGHT"))


def move(window, x, y):
    _do("windowmove", window, x, y)


def activate(window):
    _do("windowactivate", "--sync", window)
