# SPDX-License-Identifier: MIT
"""Two people, two windows: hosting, joining, talking, the console, an outage, and nothing lost or doubled."""
import re
import unittest

from harness import desktop, pointer
from harness.audit import faults
from harness.person import Person
from harness.waiting import throughout, until

ROOM = "Harbour"
WIDE, NARROW = (1280, 800), (420, 700)
LOOKS = [(WIDE, "light"), (WIDE, "dark"), (NARROW, "light"), (NARROW, "dark")]


def setUpModule():
    global DESK
    DESK = desktop.Desktop()
    unittest.addModuleCleanup(DESK.close)


class HostAndChat(unittest.TestCase):
    maxDiff = None
    """One story per window size and theme; each step looks at both windows and keeps a picture."""

    def story(self, size, theme):
        self.size, self.theme = size, theme
        self.step = 0
        self.found = []
        ana = self.person("Ana Sousa", 0)
        self.host_a_room(ana)
        ben = self.person("Ben Okafor", size[0] + 20)
        self.join(ana, ben)
        self.talk(ana, ben)
        self.type_only(ana, ben)
        self.operate(ana)
        self.outage(ana, ben)
        self.back_again(ana, ben)
        self.look_around(ben)
        self.leave(ana, ben)
        self.assertEqual([], self.found, "faults that assistive technology or a finger would meet")

    def person(self, name, x):
        person = Person(DESK, name, place=(x, 0), size=self.size, theme=self.theme,
                        profile=f"{name.split()[0]}-{self.size[0]}-{self.theme}")
        self.addCleanup(person.kill)
        return person

    def keep(self, person, what):
        """A picture and a check of what it shows."""
        self.step += 1
        look = f"{self.size[0]}x{self.size[1]}-{self.theme}"
        person.picture(f"{look}/{self.step:02d}-{what}")
        self.found += [f"{what} ({look}): {fault}" for fault in faults(person)]

    def host_a_room(self, ana):
        ana.find("heading", "Welcome to Hubbub")
        self.keep(ana, "welcome")
        self.address = ana.host(ROOM)
        ana.find("push button", "Stop hosting")
        self.keep(ana, "host")
        ana.go("Chat")
        if ana.narrow and not ana.has("list", f"Messages in {ROOM}"):
            self.keep(ana, "rooms")
            ana.open_room(ROOM)
        ana.say(ROOM, "Welcome aboard")
        ana.sees("Welcome aboard", ", sent")

    def join(self, ana, ben):
        ben.connect("http://")
        self.keep(ben, "wrong-address")
        ben.connect(self.address)

    def talk(self, ana, ben):
        ben.open_room(ROOM)
        ben.chip_says("^Online")
        ben.sees("Welcome aboard")
        ben.say(ROOM, "Thank you, glad to be here")
        ben.sees("Thank you, glad to be here", ", sent")
        ana.sees("Thank you, glad to be here")
        ana.say(ROOM, "The boat leaves at nine")
        ben.sees("The boat leaves at nine")
        self.keep(ana, "chat-host")
        self.keep(ben, "chat-guest")

    def type_only(self, ana, ben):
        ben.write(ROOM, "I will bring")
        ana.find("label", "Ben is typing…")
        self.keep(ana, "typing")
        ben.write(ROOM, "Bread is mine", "Return")
        ana.sees("Bread is mine")
        ana.gone("label", "Ben is typing…")

    def operate(self, ana):
        ana.go("Console")
        ana.console_is_live()
        self.keep(ana, "console-overview")
        ana.console("Connections")
        for who in ("Ana Sousa", "Ben Okafor"):
            ana.find(None, re.compile(f"^{who} on /chat"))
        self.keep(ana, "console-connections")
        ana.click(None, re.compile("^Ben Okafor on /chat"))
        self.keep(ana, "console-details")
        ana.press("Escape")
        ana.console("Rooms")
        self.keep(ana, "console-rooms")

    def outage(self, ana, ben):
        ana.go("Host")
        ana.click("push button", "Stop hosting")
        ana.find("push button", "Start hosting")
        ben.chip_says("^(Reconnecting|Offline|Not connected|Connecting)")
        self.keep(ana, "stopped")
        ben.say(ROOM, "Is anybody there?")
        ben.sees("Is anybody there?", ", waiting to be sent")
        ben.find("label", re.compile("Messages wait here"))
        self.keep(ben, "offline-queued")

    def back_again(self, ana, ben):
        ana.click("push button", "Start hosting")
        ana.find("push button", "Stop hosting")
        self.assertEqual(self.address, ana.address())
        for retry in ben.all("push button", "Retry now"):  # gone if the next try came first
            pointer.click(retry.box)
        ben.chip_says("^Online")
        ben.sees("Is anybody there?", ", sent")
        ana.go("Chat")
        if ana.narrow:
            ana.open_room(ROOM)
        ana.sees("Is anybody there?")
        throughout(lambda: len(ana.messages("Is anybody there?")) == 1 and len(ben.messages("Is anybody there?")) == 1,
                   "the message that waited shows twice", 1)
        self.keep(ana, "caught-up-host")
        self.keep(ben, "caught-up-guest")

    def look_around(self, ben):
        ben.go("Settings")
        ben.find("heading", "Settings")
        self.keep(ben, "settings")

    def leave(self, ana, ben):
        self.assertEqual(0, ben.quit(), ben.log())
        ana.press("ctrl+q")
        ana.find("heading", "Stop hosting and quit?")
        self.keep(ana, "quit")
        ana.click("push button", "Stop and quit")
        self.assertEqual(0, ana.ended(), ana.log())
        self.assertEqual([], ana.complaints() + ben.complaints())


def _add(size, theme):
    def test(self):
        self.story(size, theme)
    test.__doc__ = f"At {size[0]}×{size[1]}, {theme}."
    setattr(HostAndChat, f"test_{size[0]}x{size[1]}_{theme}", test)


for _look in LOOKS:
    _add(*_look)

if __name__ == "__main__":
    unittest.main()
