# SPDX-License-Identifier: MIT
"""What a person does in Hubbub, in a wide window or a narrow one."""
import re

from .app import App
from .waiting import until

BACK = "Back to the rooms"


class Person(App):
    """An App with the steps that every story takes."""

    @property
    def narrow(self):
        return self.size[0] < 720

    def go(self, page):
        """To Chat, Console, Host or Settings by its place on the rail or at the bottom."""
        if self.narrow and self.has("push button", BACK):
            self.click("push button", BACK)
        self.click(None, page, within=re.compile("pages", re.IGNORECASE))

    def host(self, room):
        """From the way in: names the room, starts hosting; returns the address to type elsewhere."""
        self.reach("text", "Room name")
        self.type_into("Room name", room)
        self.reach("push button", "Start hosting")
        self.click("push button", "Start hosting")
        return self.address()

    def address(self):
        return self.reach("label", re.compile(r"^[\w.\-]+:\d{2,5}$")).name

    def connect(self, address):
        self.type_into("Server address", address)
        self.click("push button", "Connect")

    def open_room(self, title):
        """From the room list, unless it is open already."""
        row, opened = re.compile("^" + re.escape(title)), f"Messages in {title}"
        until(lambda: self.has("list", opened) or self.has(None, row, within="Rooms"), self.explain(f"room “{title}”"))
        if not self.has("list", opened):
            self.click(None, row, within="Rooms")
        self.find("list", opened)

    def write(self, room, text, end=None):
        self.type_into(f"Message {room}", text, end)

    def say(self, room, text):
        self.write(room, text, "Return")

    def messages(self, text):
        """Every row of the conversation that holds these words, as it is read aloud."""
        return [e.name for e in self.all("list item", re.compile(re.escape(text)), within=re.compile("^Messages in"))]

    def sees(self, text, ending=""):
        """One row with these words, waited for; twice is a failure. `ending` is what stands after them."""
        def once():
            rows = self.messages(text)
            return rows[0] if len(rows) == 1 and rows[0].endswith(text + ending) else None
        return until(once, lambda: f"{self.name} shows {self.messages(text)} instead of “{text}{ending}” once")

    def console(self, page):
        """To one of the console's screens, by its list or its tabs."""
        self.click(None, re.compile(f"^{page}"), within="Console")

    def chip(self):
        """The words of the connection chip; it keeps them for the ear when it has shrunk to its dot."""
        words = [e.name for e in self.all("label", CHIP)]
        return words[0] if words else ""

    def chip_says(self, pattern):
        wanted = re.compile(pattern)
        return until(lambda: self.chip() if wanted.search(self.chip()) else None,
                     lambda: f"{self.name}'s chip says “{self.chip()}”, not {pattern}")

    def console_is_live(self):
        self.find("label", re.compile("^Live"))


CHIP = re.compile(r"^(Online|Offline|Connecting…|Catching up…|Slow connection|Not connected|Reconnecting|Refused|Ended)")
