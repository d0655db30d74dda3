# SPDX-License-Identifier: MIT
"""Hosting from the tray, with the window hidden: two clicks to a room on the network."""
import unittest

from harness import desktop, pictures
from harness.person import Person
from harness.tray import Tray
from harness.waiting import until


def setUpModule():
    global DESK
    DESK = desktop.Desktop()
    unittest.addModuleCleanup(DESK.close)


class TrayMenu(unittest.TestCase):
    def setUp(self):
        self.tray = Tray(DESK)
        self.addCleanup(self.tray.close)
        self.ana = Person(DESK, "Ana Sousa", size=(1000, 700))
        self.addCleanup(self.ana.kill)

    def choose(self, *names):
        """Opens the menu with a right click and clicks through it."""
        until(lambda: self.tray.box().width >= 16, "an icon in the tray")
        self.tray.click(button=3)
        for name in names:
            self.ana.click("menu item", name, anywhere=True)

    def test_hosts_and_stops_from_the_tray(self):
        self.choose("Host here", "Start hosting")
        self.ana.find("push button", "Stop hosting")
        address = self.ana.address()
        self.choose("Hosting", "Copy address")
        self.ana.go("Chat")
        self.ana.type_into("Find or jump to a room", "", end="ctrl+v")
        self.assertEqual("http://" + address, self.ana.find("text", "Find or jump to a room").text)
        self.choose("Hosting", "Stop hosting")
        self.ana.chip_says("^Offline")

    def test_hides_and_shows_the_window(self):
        self.choose("Hide Hubbub")
        until(lambda: not self.ana.windows(), "the window to hide")
        self.tray.click()
        until(self.ana.windows, "the window to come back")

    def test_quits(self):
        self.choose("Quit")
        self.assertEqual(0, self.ana.ended())


if __name__ == "__main__":
    unittest.main()
