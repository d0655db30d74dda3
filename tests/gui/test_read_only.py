# SPDX-License-Identifier: MIT
"""A profile that may only be read: said in a sentence, and people talk all the same."""
import re
import unittest

from harness import desktop, pictures
from harness.person import Person

ROOM = "Harbour"


def setUpModule():
    global DESK
    DESK = desktop.Desktop()
    unittest.addModuleCleanup(DESK.close)


class ReadOnlyProfile(unittest.TestCase):
    def setUp(self):
        self.folder = DESK.folder / self.id()
        self.folder.mkdir()

    def close_to_writing(self, path, mode):
        before = path.stat().st_mode
        path.chmod(mode)
        self.addCleanup(path.chmod, before)

    def ana(self):
        ana = Person(DESK, "Ana Sousa", profile=self.id(), held=True)
        self.addCleanup(ana.kill)
        return ana

    def earlier_run(self):
        """Leaves a room behind, hosted from this profile."""
        ana = self.ana()
        ana.host(ROOM)
        ana.go("Chat")
        ana.say(ROOM, "Kept since yesterday")
        ana.sees("Kept since yesterday", ", sent")
        self.end(ana)

    def end(self, ana):
        ana.process.terminate()
        self.assertEqual(0, ana.ended(), ana.log())

    def test_a_folder(self):
        self.close_to_writing(self.folder, 0o555)
        ana = self.ana()
        ana.find(None, re.compile(f"^Can’t write to {re.escape(str(self.folder))}. .*kept only until Hubbub is closed"))
        pictures.keep(ana.image(), "read-only-profile")
        ana.host(ROOM)
        ana.go("Chat")
        ana.say(ROOM, "Talking goes on")
        ana.sees("Talking goes on", ", sent")
        self.end(ana)
        self.assertEqual([], list(self.folder.iterdir()))

    def test_the_history_of_a_hosted_room(self):
        self.earlier_run()
        history = self.folder / "host" / "history.sqlite"
        self.close_to_writing(history, 0o444)
        before = history.read_bytes()
        ana = self.ana()
        ana.click("push button", "Start hosting")
        ana.find(None, re.compile(r"history.sqlite cannot be written\. Check the permissions"))
        pictures.keep(ana.image(), "read-only-history")
        self.end(ana)
        self.assertEqual(before, history.read_bytes())

    def test_the_messages_that_wait(self):
        self.earlier_run()
        for path in self.folder.glob("outbox-*.sqlite"):
            self.close_to_writing(path, 0o444)
        ana = self.ana()
        ana.host(ROOM)
        ana.go("Chat")
        ana.say(ROOM, "Said while the disk says no")
        ana.find(None, re.compile("Unsent messages cannot be kept"))
        self.assertEqual("Said while the disk says no", ana.find("text", f"Message {ROOM}").text)
        pictures.keep(ana.image(), "read-only-outbox")


if __name__ == "__main__":
    unittest.main()
