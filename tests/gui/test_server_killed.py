# SPDX-License-Identifier: MIT
"""The server dies by kill -9 while people type and send: the windows say so, and afterwards every message stands in the
history once, in the order it was written."""
import re
import unittest

from harness import desktop, pointer
from harness.person import Person
from harness.server import ChatServer
from harness.waiting import until

ROOM = "Harbour"


def setUpModule():
    global DESK
    DESK = desktop.Desktop()
    unittest.addModuleCleanup(DESK.close)


class ServerKilled(unittest.TestCase):
    def setUp(self):
        self.server = ChatServer(DESK, ROOM)
        self.addCleanup(self.server.close)
        self.said = {}

    def person(self, name, x):
        person = Person(DESK, name, place=(x, 0))
        self.addCleanup(person.kill)
        person.connect(self.server.address)
        person.open_room(ROOM)
        person.chip_says("^Online")
        return person

    def say(self, person, *lines):
        for line in lines:
            person.say(ROOM, line)
            self.said.setdefault(person.name, []).append(line)

    def back(self, *people):
        self.server.start()
        for person in people:
            for retry in person.all("push button", "Retry now"):  # gone if the next try came first
                pointer.click(retry.box)
        for person in people:
            person.chip_says("^Online")

    def conversation(self, person):
        """What was said, as the window shows it: each line as often and in the place it stands there."""
        items = person.all("list item", within=re.compile("^Messages in"))
        rows = [e.name for e in sorted(items, key=lambda e: e.place.y)]  # rows are made in another order than they stand
        lines = [line for of_one in self.said.values() for line in of_one]
        return [line for row in rows for line in lines if re.search(rf"\b{re.escape(line)}\b", row)]

    def agree(self, *people):
        """Every window shows every line once, each author's in the order they wrote, and all the same order."""
        def same():
            first = self.conversation(people[0])
            return (len(first) == sum(map(len, self.said.values()))
                    and all([line for line in first if line in of_one] == of_one for of_one in self.said.values())
                    and all(self.conversation(person) == first for person in people[1:]))
        until(same, lambda: f"said {self.said}, shown {[self.conversation(person) for person in people]}")

    def test_nothing_is_lost_or_doubled(self):
        ana, ben = self.person("Ana Sousa", 0), self.person("Ben Okafor", 1300)
        self.say(ana, "Is the slip free")
        self.agree(ana, ben)

        # Killed while a message is being typed, and others are on their way.
        self.say(ana, "I have three things", "one rope", "two fenders")
        ana.write(ROOM, "and a")
        self.server.kill()
        for person in (ana, ben):
            person.chip_says("^(Reconnecting|Connecting)")
        pointer.type_text(" boat")
        pointer.press("Return")
        self.said[ana.name].append("and a boat")
        ana.sees("and a boat", ", waiting to be sent")
        self.say(ana, "no hurry")
        self.say(ben, "Come to the north side")
        ben.sees("Come to the north side", ", waiting to be sent")
        ana.picture("killed/01-ana-waits")
        ben.picture("killed/02-ben-waits")
        self.back(ana, ben)
        for person, line in ((ana, "no hurry"), (ben, "Come to the north side")):
            person.sees(line, ", sent")
        self.agree(ana, ben)

        # Killed with no pause behind the key: what the server stored may never have been acknowledged.
        for line in ("Tied up", "Coffee is on"):
            self.say(ana, line)
            self.server.kill()
            self.back(ana, ben)
            ana.sees(line, ", sent")
            self.agree(ana, ben)
        ana.picture("killed/03-ana-caught-up")
        ben.picture("killed/04-ben-caught-up")

        newcomer = self.person("Cleo Hart", 0)
        self.agree(newcomer, ana, ben)
        for person in (newcomer, ana, ben):
            self.assertEqual(0, person.quit(), person.log())
            self.assertEqual([], person.complaints())


if __name__ == "__main__":
    unittest.main()
