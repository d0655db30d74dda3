# SPDX-License-Identifier: MIT
"""A server that no authority vouches for: asked about once, warned of when it changes, forgotten from the settings."""
import re
import stat
import unittest

from harness import desktop, pictures, pointer
from harness.person import Person
from harness.server import ChatServer, make_certificate

ROOM = "Harbour"
DECLINE, ACCEPT, ANEW = "Don’t connect", "Trust this server", "Trust the new one"


def setUpModule():
    global DESK
    DESK = desktop.Desktop()
    unittest.addModuleCleanup(DESK.close)


class Trust(unittest.TestCase):
    def setUp(self):
        self.tls = DESK.folder / f"{self.id()}-tls"
        self.pairs = make_certificate(self.tls)
        self.server = ChatServer(DESK, ROOM, name=f"{self.id()}-server", tls=self.tls)
        self.addCleanup(self.server.close)

    def ana(self, **how):
        ana = Person(DESK, "Ana Sousa", profile=self.id(), **how)
        self.addCleanup(ana.kill)
        return ana

    def end(self, ana):
        ana.process.terminate()
        self.assertEqual(0, ana.ended(), ana.log())

    def anew(self):
        """The server comes back with another certificate, as one that was set up anew or is not the same."""
        self.server.kill()
        pairs = make_certificate(self.tls)
        self.server.start()
        return pairs

    def shows(self, ana, label, pairs):
        lines = [" ".join(pairs[at:at + 8]) for at in range(0, 32, 8)]
        ana.find(None, f"{label}: {', '.join(lines)}")

    def known_hosts(self):
        return DESK.folder / self.id() / "known_hosts"

    def accepts(self, ana):
        ana.connect(f"wss://{self.server.address}")
        ana.click("push button", ACCEPT)
        ana.open_room(ROOM)
        ana.chip_says("^Online")

    def test_asked_once(self):
        ana = self.ana()
        ana.connect(f"wss://{self.server.address}")
        self.shows(ana, "SHA-256 fingerprint", self.pairs)
        pictures.keep(ana.image(), "trust-first-light")
        pointer.press("Return")  # the safe answer is the one that has the keyboard
        ana.gone("push button", ACCEPT)
        ana.chip_says("^Offline")
        self.assertFalse(self.known_hosts().exists())
        ana.press("ctrl+r")
        ana.click("push button", ACCEPT)
        ana.open_room(ROOM)
        ana.chip_says("^Online")
        ana.say(ROOM, "Nobody listens in")
        ana.sees("Nobody listens in", ", sent")
        self.assertEqual(0o600, stat.S_IMODE(self.known_hosts().stat().st_mode))
        self.end(ana)
        again = self.ana(theme="dark")
        again.sees("Nobody listens in", ", sent")
        self.assertFalse(again.has("push button", ACCEPT))
        again.go("Settings")
        again.find("push button", re.compile("^Forget the certificate of"))
        pictures.keep(again.image(), "trust-settings-dark")
        again.click("push button", re.compile("^Forget the certificate of"))
        again.go("Chat")
        again.chip_says("^Offline")
        again.press("ctrl+r")
        self.shows(again, "SHA-256 fingerprint", self.pairs)
        pictures.keep(again.image(), "trust-first-dark")
        pointer.press("Escape")
        again.chip_says("^Offline")
        self.assertEqual([], again.complaints())

    def test_another_certificate(self):
        ana = self.ana()
        self.accepts(ana)
        pairs = self.anew()
        self.shows(ana, "SHA-256, as you trusted it", self.pairs)
        self.shows(ana, "SHA-256, as it is now", pairs)
        pictures.keep(ana.image(), "trust-changed-light")
        self.assertFalse(ana.has("push button", ACCEPT))
        ana.click("push button", ANEW)  # does nothing before somebody says that they compared it
        self.shows(ana, "SHA-256, as it is now", pairs)
        pointer.press("Return")
        ana.chip_says("^Offline")
        self.assertIn(":".join(self.pairs), self.known_hosts().read_text(encoding="utf-8"))
        self.end(ana)
        again = self.ana(theme="dark", size=(420, 480))
        self.shows(again, "SHA-256, as it is now", pairs)
        pictures.keep(again.image(), "trust-changed-narrow-dark")
        again.click("check box", re.compile("^I compared it"))
        again.click("push button", ANEW)
        again.chip_says("^Online")
        self.assertIn(":".join(pairs), self.known_hosts().read_text(encoding="utf-8"))
        self.assertEqual([], again.complaints())

    def test_a_damaged_list(self):
        ana = self.ana()
        self.accepts(ana)
        self.end(ana)
        with self.known_hosts().open("a", encoding="utf-8") as file:
            file.write("what is this\n")
        again = self.ana()
        again.find(None, re.compile("cannot be read.*line 3"))
        self.assertFalse(again.has("push button", ACCEPT))
        pictures.keep(again.image(), "trust-damaged-light")
        again.click("push button", "Put the list aside")
        again.click("push button", ACCEPT)
        again.chip_says("^Online")
        self.assertEqual([], again.complaints())

    def test_a_folder_that_may_only_be_read(self):
        folder = DESK.folder / self.id()
        folder.mkdir()
        folder.chmod(0o555)
        self.addCleanup(folder.chmod, 0o755)
        ana = self.ana(held=True)
        self.accepts(ana)
        self.assertEqual([], list(folder.iterdir()))


if __name__ == "__main__":
    unittest.main()
