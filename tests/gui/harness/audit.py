# SPDX-License-Identifier: MIT
"""What every page must offer to everybody: names on what can be used, room for a finger, words that are not cut off."""
from . import pointer

_USED = {"push button", "toggle button", "page tab", "text", "password text", "list item", "check box", "radio button", "switch", "link",
         "combo box", "menu item", "table column header"}
# A target inside a row may be as small as this; what stands alone is checked by eye against 32.
_LEAST = 24


def faults(app):
    """Sentences about what is wrong in the window as it shows now."""
    x, y, width, height = pointer.geometry(app.window)
    found = []
    for e in app.elements():
        if e.place.width <= 0 or e.place.height <= 0:
            continue
        if e.role in _USED and not e.spoken:
            found.append(f"no accessible name: {e.role} at {tuple(e.box)}")
        if e.role in _USED - {"list item", "text", "password text"} and min(e.box.width, e.box.height) < _LEAST:
            found.append(f"small target: {e!r}")
        if e.box.x < x or e.box.x + e.box.width > x + width:
            found.append(f"beyond the window's side: {e!r}")
    return found
