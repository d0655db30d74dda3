# SPDX-License-Identifier: MIT
"""Web addresses in messages are links: they look so, open in the system's browser by mouse and by keyboard, and nothing
that a stranger writes becomes anything else."""
import re
import unittest

from harness import cursor, desktop, pictures, pointer
from harness.browser import Browser
from harness.element import Box
from harness.person import Person
from harness.server import ChatServer
from harness.waiting import throughout, until

ROOM = "Harbour"
WIDE, NARROW = (1280, 800), (420, 700)
LINK = {"light": (0x1F, 0x4F, 0xC4), "dark": (0x8F, 0xB4, 0xFF)}  # of the theme
BOATS = "https://example.org/boats?day=1&line=2"
LONG = "https://example.org/" + "/".join(["harbour", "timetable", "of", "all", "the", "boats"] * 5) + "?day=1"


def setUpModule():
    global DESK, BROWSER
    DESK = desktop.Desktop()
    unittest.addModuleCleanup(DESK.close)
    BROWSER = Browser(DESK)


class Links(unittest.TestCase):
    def setUp(self):
        self.server = ChatServer(DESK, ROOM, self.id())
        self.addCleanup(self.server.close)

    def person(self, size, theme):
        person = Person(DESK, "Ana Sousa", size=size, theme=theme, profile=f"{self.id()}-{size[0]}-{theme}")
        self.addCleanup(person.kill)
        self.theme = theme
        person.connect(self.server.address)
        person.open_room(ROOM)
        person.chip_says("^Online")
        return person

    def say(self, person, text):
        person.say(ROOM, text)
        person.sees(text, ", sent")
        return person.find("list item", re.compile(re.escape(text)), within=re.compile("^Messages in"))

    def links(self, row):
        """Where the words of a message have the colour of links: one box for each line of them."""
        picture = pictures.grab(*row.box).convert("RGB")
        data, lines = picture.load(), []
        for y in range(picture.height):
            hits = [x for x in range(picture.width) if data[x, y] == LINK[self.theme]]
            if not hits:
                continue
            if lines and y - lines[-1][3] < 8:
                lines[-1] = [min(lines[-1][0], *hits), lines[-1][1], max(lines[-1][2], *hits), y]
            else:
                lines.append([min(hits), y, max(hits), y])
        return [Box(row.box.x + left, row.box.y + top, right - left + 1, bottom - top + 1)
                for left, top, right, bottom in lines]

    def another_shape_at(self, x, y, *others):
        """Of the pointer over that place, once it is none of the others; a hand moves there, it does not jump."""
        def shape():
            for step in range(4):
                pointer.park(x + step, y)
            return cursor.shape()
        return until(lambda: (now := shape()) not in others and now, f"the pointer at {x}, {y} is as before")

    def opens(self, address):
        self.assertEqual([address], until(BROWSER.opened, f"nothing is opened instead of {address}"))

    def looks(self, size, theme):
        ana = self.person(size, theme)
        row = self.say(ana, f"Timetable: {BOATS}, see you there.")
        link = until(lambda: self.links(row), "no link is seen")[0]
        beam = cursor.shape()  # it is in the composer
        # On the words before the link the pointer is an arrow, and a click does nothing.
        pointer.click(Box(link.x - 20, link.y, 4, 10))
        arrow = self.another_shape_at(link.x - 20, link.y + 5, beam)
        self.another_shape_at(link.x + 20, link.y + 5, beam, arrow)
        pointer.click(link)
        self.opens(BOATS)
        row = self.say(ana, f"All of it: {LONG}")
        lines = until(lambda: self.links(row), "no long link is seen")
        self.assertGreater(len(lines), 1, "a long address goes on in the next line")
        pointer.click(lines[-1])
        self.opens(LONG)
        self.say(ana, "Both https://example.org/there and www.example.org/back.")
        bad = self.say(ana, "Not <a href='https://evil.example'>this</a>: https://bank.example@evil.example/ <b>or</b> this")
        ana.picture(f"links/{size[0]}x{size[1]}-{theme}")
        self.assertEqual(1, len(self.links(bad)), "only the address inside the quotes is a link")
        self.assertEqual([], ana.complaints())

    def test_by_keyboard(self):
        ana = self.person(WIDE, "light")
        row = self.say(ana, f"Timetable: {BOATS}, see you there.")
        self.assertEqual("Has a link. The menu opens it.", row.description)
        for keys in ("Menu", "shift+F10"):
            self.to_the_messages(ana)
            pointer.press(keys)
            self.goes_down_to(ana, f"Open {BOATS}")
            ana.picture(f"links/menu-{keys.replace('+', '-').lower()}")
            pointer.press("Return")
            self.opens(BOATS)
            ana.gone("menu item", anywhere=True)
        two = "Both https://example.org/there and www.example.org/back."
        self.assertEqual("Has 2 links. The menu opens them.", self.say(ana, two).description)
        self.to_the_messages(ana)
        pointer.press("Menu")
        self.goes_down_to(ana, "Open https://example.org/there")
        self.goes_down_to(ana, "Open https://www.example.org/back")
        ana.picture("links/menu-two")
        pointer.press("Return")
        self.opens("https://www.example.org/back")
        # A message without links has none in its menu.
        plain = self.say(ana, "https://bank.example@evil.example/")
        self.assertEqual("", plain.description)
        self.to_the_messages(ana)
        pointer.press("Menu")
        ana.find("menu item", "Copy text", anywhere=True)
        self.assertFalse(ana.has("menu item", re.compile("Open|link"), anywhere=True))
        pointer.press("Escape")
        self.assertEqual([], ana.complaints())

    def test_by_right_click(self):
        ana = self.person(WIDE, "light")
        row = self.say(ana, "Both https://example.org/there and https://example.org/back")
        link = until(lambda: self.links(row), "no link is seen")[0]
        pointer.click(Box(link.x, link.y, 20, link.height), button=3)
        ana.find("menu item", "Open https://example.org/there", anywhere=True)
        ana.picture("links/menu-pointed")
        self.assertFalse(ana.has("menu item", re.compile("back"), anywhere=True), "only the link under the pointer")
        ana.click("menu item", "Copy link", anywhere=True)
        ana.click("text", f"Message {ROOM}")
        pointer.press("ctrl+v")
        until(lambda: ana.find("text", f"Message {ROOM}").text == "https://example.org/there", "the link is not copied")
        throughout(lambda: not BROWSER.opened(), "copying opens", 0.5)
        self.assertEqual([], ana.complaints())

    def goes_down_to(self, person, item):
        """By one press of Down."""
        person.find("menu item", item, anywhere=True)
        pointer.press("Down")
        until(lambda: person.find("menu item", item, anywhere=True).focused, lambda: f"Down does not reach {item}")

    def to_the_messages(self, person):
        person.front()
        person.click("text", f"Message {ROOM}")
        pointer.park(desktop.WIDTH - 1, desktop.HEIGHT - 1)  # a menu would open under it
        until(lambda: self.tabbed(person), "Shift+Tab never reaches the messages")

    def tabbed(self, person):
        if any(e.focused for e in person.all("list item", within=re.compile("^Messages in"))):
            return True
        pointer.press("shift+Tab")
        return False


def _add(size, theme):
    def test(self):
        self.looks(size, theme)
    test.__doc__ = f"At {size[0]}×{size[1]}, {theme}."
    setattr(Links, f"test_{size[0]}x{size[1]}_{theme}", test)


for _size in (WIDE, NARROW):
    for _theme in LINK:
        _add(_size, _theme)

if __name__ == "__main__":
    unittest.main()
