# SPDX-License-Identifier: MIT
"""Hubbub without a mouse: every stop of the Tab key has a name and a ring, and everything can be done."""
import re
import unittest

from harness import desktop, pointer
from harness.person import Person
from harness.rings import LEAST_RING, rings_of
from harness.server import ChatServer
from harness.waiting import until

ROOM = "Harbour"
MOST_STOPS = 60


def setUpModule():
    global DESK
    DESK = desktop.Desktop()
    unittest.addModuleCleanup(DESK.close)


class Keyboard(unittest.TestCase):
    def setUp(self):
        self.server = ChatServer(DESK, ROOM, self.id())
        self.addCleanup(self.server.close)

    def person(self, size, theme="light"):
        person = Person(DESK, "Ana Sousa", size=size, theme=theme, profile=f"{self.id()}-{size[0]}-{theme}")
        self.addCleanup(person.kill)
        return person

    def focused(self, person):
        """The innermost element that has the keyboard."""
        found = [e for e in person.elements() if e.focused and e.role != "frame"]
        return found[-1] if found else None

    def walk(self, person, page):
        """Tabs once round; returns the names of the stops."""
        stops, places = [], set()
        person.front()
        for _ in range(MOST_STOPS):
            before = self.focused(person)
            pointer.press("Tab")
            here = until(lambda: (now := self.focused(person)) and (before is None or now.box != before.box
                                                                    or now.name != before.name) and now,
                         lambda: f"{page}: Tab does not go on from {before!r}")
            key = (here.role, here.name, here.box)
            if key in places:
                return stops
            places.add(key)
            stops.append(here.name)
            self.assertTrue(here.name, f"{page}: a stop without a name: {here!r}")
            with_ring = rings_of(here.box)
            pointer.press("Tab")
            until(lambda: (now := self.focused(person)) and (now.box, now.name) != (here.box, here.name),
                  lambda: f"{page}: Tab does not go on from {here!r}")
            without = rings_of(here.box)
            pointer.press("shift+Tab")
            until(lambda: (now := self.focused(person)) and (now.box, now.name) == (here.box, here.name),
                  lambda: f"{page}: Shift+Tab does not come back to {here!r}")
            ring = max(after - before for after, before in zip(with_ring, without))
            self.assertGreaterEqual(ring, LEAST_RING, f"{page}: no ring around {here!r}")
        return stops

    def test_every_stop_has_a_name_and_a_ring(self):
        ana = self.person((1280, 800))
        self.assertIn("Server address", self.walk(ana, "welcome"))
        ana.connect(self.server.address)
        ana.open_room(ROOM)
        ana.chip_says("^Online")
        ana.say(ROOM, "Hello")
        ana.sees("Hello", ", sent")
        stops = self.walk(ana, "chat")
        for name in ("Chat", "Console", "Host", "Settings", f"Message {ROOM}", "Details", "Leave room"):
            self.assertIn(name, stops)
        for page in ("Host", "Settings", "Console"):
            ana.go(page)
            self.walk(ana, page)

    def test_a_narrow_window_retries_by_keyboard(self):
        ana = self.person((420, 700))
        ana.connect(self.server.address)
        ana.open_room(ROOM)
        ana.chip_says("^Online")
        self.server.kill()
        ana.chip_says("^Reconnecting")
        until(lambda: re.search(r"in (9|[1-9][0-9]) s", ana.chip()), "a longer wait", 60)
        self.tab_to(ana, "Retry now")
        ana.picture("keyboard/narrow-retry")
        self.server.start()
        pointer.press("Return")
        until(lambda: ana.chip().startswith("Online"), "the retry at once, long before the next one", 5)
        self.assertEqual([], ana.complaints())

    def test_a_room_is_left_and_a_server_removed(self):
        ana = self.person((1280, 800))
        ana.connect(self.server.address)
        ana.open_room(ROOM)
        ana.chip_says("^Online")
        row = re.compile(f"^{ROOM}")
        self.tab_to(ana, "Leave room")
        pointer.press("Return")
        ana.find(None, f"You left {ROOM}.")
        ana.gone(None, row, within="Rooms")
        ana.find("heading", "You left every room")
        ana.picture("keyboard/room-left")
        pointer.press("Return")  # Undo has the keyboard
        ana.find(None, row, within="Rooms")
        ana.find("list", f"Messages in {ROOM}")

        ana.press("ctrl+comma")
        self.tab_to(ana, re.compile("^Remove"))
        pointer.press("Return")
        ana.find("heading", re.compile("^Remove .*\\?$"))
        ana.picture("keyboard/remove-server")
        pointer.press("Escape")
        ana.gone("heading", re.compile("^Remove .*\\?$"))
        self.tab_to(ana, re.compile("^Remove"))
        pointer.press("Return")
        ana.find("heading", re.compile("^Remove .*\\?$"))
        pointer.press("Tab")
        pointer.press("Return")
        until(lambda: not ana.has("push button", re.compile("^Remove")), ana.explain("an empty list of servers"))
        ana.picture("keyboard/server-removed")
        self.assertEqual(0, ana.quit(), ana.log())
        self.assertEqual([], ana.complaints())

    def test_a_wide_window_marks_the_room_that_enter_opens(self):
        self.finds_a_room((1280, 800), "light")

    def test_a_narrow_window_marks_the_room_that_enter_opens(self):
        self.finds_a_room((420, 700), "dark")

    def finds_a_room(self, size, theme):
        ana = self.person(size, theme)
        ana.connect(self.server.address)
        ana.open_room(ROOM)
        ana.chip_says("^Online")
        for name in ("Quay north", "Quay south"):
            ana.press("ctrl+k")
            pointer.type_text(name)
            ana.click("push button", "Join or create it")
            ana.find("list", f"Messages in {name}")
        ana.press("ctrl+k")
        rows = lambda: {e.name.split(",")[0]: e.selected
                        for e in ana.all(None, re.compile(f"^(Quay|{ROOM})"), within="Rooms")}
        until(lambda: rows().get("Quay south"), "the room that is open is marked before anything is typed")
        field = lambda: ana.find("text", "Find or jump to a room")
        self.assertEqual("", field().description)
        pointer.type_text("quay")
        until(lambda: len(rows()) == 2, "two rooms are found")
        first = list(rows())[0]
        until(lambda: [name for name, marked in rows().items() if marked] == [first], "the first of them alone is marked")
        self.assertEqual(f"Enter opens {first}", field().description)
        ana.picture(f"keyboard/found-{size[0]}-{theme}")
        pointer.press("Down")
        pointer.press("Down")
        second = list(rows())[1]
        until(lambda: [name for name, marked in rows().items() if marked] == [second], "the mark follows the arrows")
        ana.press("ctrl+k")
        pointer.type_text("harb")
        until(lambda: rows() == {ROOM: True}, "the one that is found is marked")
        pointer.press("Return")
        ana.find("list", f"Messages in {ROOM}")
        self.assertEqual([], ana.complaints())

    def test_rooms_and_servers_have_a_menu(self):
        ana = self.person((1280, 800))
        ana.connect(self.server.address)
        ana.open_room(ROOM)
        ana.chip_says("^Online")
        name = re.compile(f"^{ROOM}")  # of the room, and of the server once that has said so
        for around, item in (("Rooms", "Leave room"), ("Servers and pages", "Remove…")):
            ana.find(None, name, within=around)
            for keys in ("shift+F10", "Menu"):
                with self.subTest(f"{keys} on {around}"):
                    self.tab_to(ana, name, within=around)
                    pointer.press(keys)
                    self.menu_comes_and_goes(ana, item, keys)
            with self.subTest(f"right click on {around}"):
                ana.click(None, name, within=around, button=3)
                self.menu_comes_and_goes(ana, item, "right-click")
        self.assertEqual([], ana.complaints())

    def menu_comes_and_goes(self, person, item, how):
        person.find("menu item", item)
        person.picture(f"keyboard/menu-{item.split()[0].strip('…').lower()}-{how.replace('+', '-').lower()}")
        pointer.press("Escape")
        person.gone("menu item", item)

    def tab_to(self, person, name, **where):
        person.front()
        for _ in range(MOST_STOPS):
            if any(e.focused for e in person.all(None, name, **where)):
                return
            pointer.press("Tab")
        self.fail(f"Tab never reaches {name}")


if __name__ == "__main__":
    unittest.main()
