# SPDX-License-Identifier: MIT
"""Ending Hubbub while others are in the room it hosts: it asks, says how many there are, and says goodbye."""
import signal
import unittest

from harness import desktop
from harness.audit import faults
from harness.person import Person
from harness.rings import LEAST_RING, rings_of
from harness.waiting import until

ROOM = "Harbour"
QUESTION = "Stop hosting and quit?"


def setUpModule():
    global DESK
    DESK = desktop.Desktop()
    unittest.addModuleCleanup(DESK.close)


class Quitting(unittest.TestCase):
    def setUp(self):
        self.ana = self.person("Ana Sousa", 0, (1280, 800))
        address = self.ana.host(ROOM)
        self.ana.go("Chat")
        self.ana.open_room(ROOM)
        self.ben = self.person("Ben Okafor", 1300, (420, 700))
        self.ben.connect(address)
        self.ben.open_room(ROOM)
        self.ben.chip_says("^Online")

    def person(self, name, x, size):
        person = Person(DESK, name, place=(x, 0), size=size, profile=f"{name.split()[0]}-{self.id()}")
        self.addCleanup(person.kill)
        return person

    def is_asked(self, sentence):
        self.ana.find("heading", QUESTION)
        self.ana.find("label", sentence)

    def rings_the_safe_answer(self):
        until(lambda: max(rings_of(self.ana.find("push button", "Keep hosting").box)) >= LEAST_RING,
              "a ring around the safe answer")

    def test_asks_a_host_and_says_how_many_are_connected(self):
        ana, ben = self.ana, self.ben
        ana.press("ctrl+q")
        self.is_asked("1 person is connected. Your room closes for them.")
        self.rings_the_safe_answer()
        ben.front()
        ana.front()
        self.rings_the_safe_answer()  # also after a look at another window
        ana.picture("quitting/01-asked")
        self.assertEqual([], faults(ana))
        ana.press("Escape")
        ana.gone("heading", QUESTION)
        ben.chip_says("^Online")

        ana.press("alt+F4")  # the window's own close button, where no tray could bring it back
        self.is_asked("1 person is connected. Your room closes for them.")
        ana.press("Return")  # the safe answer has the keyboard
        ana.gone("heading", QUESTION)
        ben.chip_says("^Online")

        self.assertEqual(0, ben.quit())  # a guest is not asked
        ana.press("ctrl+q")
        self.is_asked("Nobody else is connected. Your room closes until you host it again.")
        ana.click("push button", "Stop and quit")
        self.assertEqual(0, ana.ended(), ana.log())
        self.assertEqual([], ana.complaints() + ben.complaints())

    def ends_politely(self, number):
        ana, ben = self.ana, self.ben
        ana.say(ROOM, "See you")
        ben.sees("See you")
        ana.process.send_signal(number)
        self.assertEqual(0, ana.ended(), ana.log())
        ben.chip_says("^(Reconnecting|Connecting)")
        ben.picture(f"quitting/{'02-terminated' if number == signal.SIGTERM else '03-interrupted'}")
        self.assertEqual([], ana.complaints() + ben.complaints())

    def test_says_goodbye_on_sigterm(self):
        self.ends_politely(signal.SIGTERM)

    def test_says_goodbye_on_sigint(self):
        self.ends_politely(signal.SIGINT)


if __name__ == "__main__":
    unittest.main()
