# SPDX-License-Identifier: MIT
"""Hosting from the tray, with the window hidden: two clicks to a room on the network."""
import re
import unittest

from harness import desktop, pictures, pointer
from harness.person import Person
from harness.tray import Tray
from harness.waiting import until

# From the end of the menu: Quit, Settings, then the submenu of hosting, whose first enabled entry starts or stops.
HOSTING = ("Up", "Up", "Up", "Right")
COPY_ADDRESS = ("Down",)


def setUpModule():
    global DESK
    DESK = desktop.Desktop()
    unittest.addModuleCleanup(DESK.close)


class TrayMenu(unittest.TestCase):
    def setUp(self):
        self.tray = Tray(DESK)
        self.addCleanup(self.tray.close)
        self.ana = Person(DESK, "Ana Sousa", size=(1000, 700), profile=self.id())
        self.addCleanup(self.ana.kill)

    def menu(self, *keys):
        """Opens the menu with a right click and goes through it by keys; Right waits for the submenu. Qt shows popups
        to no screen reader as part of the program, so where things stand is told by the order of tray-menu.png."""
        until(lambda: self.tray.icon(self.ana.process.pid), "an icon in the tray")  # itself a window that counts
        before = self.popups()
        self.tray.click(self.ana.process.pid, button=3)
        until(lambda: self.popups() - before, "the tray's menu")
        self.behind = before
        for key in keys:
            self.choose(key, opens=key == "Right", closes=key == "Return")

    def choose(self, key, opens=False, closes=False):
        before = self.popups()
        pointer.press(key)
        if opens:
            until(lambda: self.popups() - before, "the submenu")
        if closes:  # a menu that still has the pointer would swallow the next click
            menus = before - self.behind
            until(lambda: not self.popups() & menus, "the menu to close")

    def popups(self):
        """The windows there are, without the icon's tooltip, which ends as the menu opens."""
        return {window for window, kind in pointer.kinds_of(self.ana.process.pid).items() if "_TOOLTIP" not in kind}

    def tooltips(self):
        return sum("_TOOLTIP" in kind for kind in pointer.kinds_of(self.ana.process.pid).values())

    def test_hosts_and_stops_from_the_tray(self):
        self.menu(*HOSTING, "Return")
        self.ana.find("list", re.compile("^Messages in"))
        self.menu(*HOSTING, *COPY_ADDRESS)
        pictures.keep(pictures.grab(0, 400, 600, 420), "tray-menu")
        self.choose("Return", closes=True)
        self.ana.front()
        self.ana.click("text", "Find or jump to a room")
        until(lambda: self.ana.find("text", "Find or jump to a room").focused, "the field to have the keyboard")
        pointer.press("ctrl+v")
        until(lambda: re.fullmatch(r"http://[\w.\-]+:\d+", self.ana.find("text", "Find or jump to a room").text),
              lambda: "copied: " + self.ana.find("text", "Find or jump to a room").text)
        self.menu(*HOSTING, "Return")
        self.ana.chip_says("^Offline")

    def test_hides_and_shows_the_window(self):
        self.menu("Down", "Return")
        until(lambda: not self.ana.windows(), "the window to hide")
        self.tray.click(self.ana.process.pid)
        until(self.ana.windows, "the window to come back")

    def test_quits_from_the_menu_over_a_tooltip(self):
        self.tray.hover(self.ana.process.pid)
        until(self.tooltips, "the icon's tooltip")
        self.menu("Up", "Return")
        self.assertEqual(0, self.ana.ended())

    def test_quitting_a_host_from_the_tray_asks_in_the_window(self):
        self.menu(*HOSTING, "Return")
        self.ana.find("list", re.compile("^Messages in"))
        self.menu("Up", "Return")
        self.ana.find("heading", "Stop hosting and quit?")
        self.ana.click("push button", "Stop and quit")
        self.assertEqual(0, self.ana.ended())

    def test_quitting_a_hidden_host_brings_the_window_back_to_ask(self):
        self.menu(*HOSTING, "Return")
        self.ana.find("list", re.compile("^Messages in"))
        self.menu("Down", "Return")
        until(lambda: not self.ana.windows(), "the window to hide")
        self.menu("Up")
        self.choose("Return")
        until(self.ana.windows, "the window to come back")
        self.ana.find("heading", "Stop hosting and quit?")
        self.ana.picture("quitting/04-asked-while-hidden")
        self.ana.click("push button", "Stop and quit")
        self.assertEqual(0, self.ana.ended(), self.ana.log())
        self.assertEqual([], self.ana.complaints())


if __name__ == "__main__":
    unittest.main()
