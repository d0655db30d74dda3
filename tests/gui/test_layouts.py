# SPDX-License-Identifier: MIT
"""The demo at twice the text size, and from right to left: every page still holds."""
import re
import unittest

from harness import desktop, pointer
from harness.audit import faults
from harness.person import Person

SIZE = (1280, 800)
WORDS = {"label", "heading", "push button"}


def setUpModule():
    global DESK
    DESK = desktop.Desktop()
    unittest.addModuleCleanup(DESK.close)


def overlaps(app, header):
    """Words in the head of a page that stand on others; a badge on the rail is meant to."""
    top = pointer.geometry(app.window)[1]
    shown = [e for e in app.all() if e.role in WORDS and e.name and e.box.y + e.box.height <= top + header
             and not e.name.endswith("mention(s)")]
    return [f"{one!r} on {other!r}" for i, one in enumerate(shown) for other in shown[i + 1:]
            if _crossed(one.box, other.box) and not _nested(one.box, other.box)]


def _crossed(a, b):
    return (min(a.x + a.width, b.x + b.width) - max(a.x, b.x) > 1
            and min(a.y + a.height, b.y + b.height) - max(a.y, b.y) > 1)


def _nested(a, b):
    """A button with its own words in it, or the other way round."""
    def holds(outer, inner):
        return (outer.x <= inner.x and inner.x + inner.width <= outer.x + outer.width
                and outer.y <= inner.y and inner.y + inner.height <= outer.y + outer.height)
    return holds(a, b) or holds(b, a)


class Layouts(unittest.TestCase):
    maxDiff = None

    def tour(self, name, *options, settings="", header=56):
        profile = DESK.folder / name
        profile.mkdir()
        (profile / "settings.ini").write_text(settings, encoding="utf-8")
        lena = Person(DESK, "Lena Hoffmann", "--demo", *options, size=SIZE, profile=name)
        self.addCleanup(lena.kill)
        found = []

        def look(page):
            lena.picture(f"layouts/{name}-{page}")
            found.extend(f"{page}: {fault}" for fault in faults(lena) + overlaps(lena, header))

        lena.find("list", "Messages in departures-board")
        look("chat")
        lena.go("Console")
        lena.console_is_live()
        look("overview")
        lena.console("Connections")
        lena.click(None, re.compile("^Priya Nair on /chat"))
        look("connections")
        lena.press("Escape")
        lena.console("Rooms")
        look("rooms")
        lena.go("Host")
        lena.find("push button", "Stop hosting")
        look("host")
        lena.go("Settings")
        lena.find("heading", "Settings")
        look("settings")
        self.assertEqual([], found)
        return lena

    def test_twice_the_text_size(self):
        lena = self.tour("large", settings="[look]\ntextScale=2\n", header=112)
        rail = lena.find("tool bar", "Servers and pages").box
        self.assertEqual(128, rail.width)

    def test_right_to_left(self):
        lena = self.tour("mirrored", "--right-to-left")
        x, _, width, _ = pointer.geometry(lena.window)
        rail = lena.find("tool bar", "Servers and pages").box
        self.assertEqual(x + width, rail.x + rail.width, "the rail begins the line, at the right")
        lena.go("Chat")
        rooms, details = lena.find("list", "Rooms").box, lena.find("list", "People").box
        self.assertGreater(rooms.x, details.x)


if __name__ == "__main__":
    unittest.main()
