# SPDX-License-Identifier: MIT
"""What people get wrong, and what gets in their way: each time the window says in a sentence what it is and what to do."""
import re
import socket
import unittest

from harness import desktop
from harness.audit import faults
from harness.person import Person
from harness.server import ChatServer

BAD_ADDRESS = ("This is not an address Hubbub can use. It looks like 192.168.1.20:8080 or https://chat.example.org.")


def setUpModule():
    global DESK
    DESK = desktop.Desktop()
    unittest.addModuleCleanup(DESK.close)


def free_port():
    """One where nobody listens; the system gives it to nobody else so soon."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class BadInput(unittest.TestCase):
    def person(self, profile, size=(1280, 800)):
        person = Person(DESK, "Ana Sousa", size=size, profile=profile)
        self.addCleanup(person.kill)
        self.addCleanup(lambda: self.assertEqual([], person.complaints()))
        return person

    def keep(self, person, what):
        person.picture(f"bad-input/{what}")
        self.assertEqual([], faults(person))

    def test_an_address_that_is_none(self):
        ana = self.person("address")
        for address in ("http://", "not a url", "ftp://example.org", "http://example.org:99999"):
            with self.subTest(address):
                ana.connect(address)
                ana.find(None, BAD_ADDRESS)
        self.keep(ana, "address")

    def test_a_host_where_nobody_listens(self):
        ana = self.person("unreachable")
        ana.connect(f"127.0.0.1:{free_port()}")
        ana.find(None, re.compile(r"^Can’t reach 127\.0\.0\.1:\d+\. Check that the server is running there"))
        ana.chip_says("^(Reconnecting|Connecting)")
        self.keep(ana, "unreachable")

    def test_a_name_that_does_not_exist(self):
        ana = self.person("unknown", (420, 700))
        ana.connect("no-such-host.invalid")
        ana.find(None, re.compile("^There is no server named no-such-host.invalid. Check the address"))
        self.keep(ana, "unknown-host")

    def test_a_token_the_server_does_not_take(self):
        server = ChatServer(DESK, "Harbour")
        self.addCleanup(server.close)
        ana = self.person("token")
        ana.type_into("Server address", server.address)
        ana.click(None, "Token", within="Sign in with")
        self.assertEqual("Token", ana.find("password text").spoken)
        ana.type_into(None, "not.a.token", role="password text")
        self.assertEqual([], faults(ana))
        ana.click("push button", "Connect")
        ana.find(None, re.compile("no longer accepts your sign-in. Sign in again"))
        self.keep(ana, "token")
        ana.click("push button", "Sign in", within=re.compile("no longer accepts your sign-in"))
        self.assertEqual("http://" + server.address, ana.find("text", "Server address").text)
        ana.find("password text")
        self.keep(ana, "sign-in")

    def test_a_port_that_is_taken(self):
        server = ChatServer(DESK, "Harbour", "taken")
        self.addCleanup(server.close)
        port = server.address.rpartition(":")[2]
        ana = self.person("port")
        ana.type_into("Port", port)
        ana.click("push button", "Start hosting")
        ana.find(None, f"Port {port} is in use by another program. Choose another one, or leave it to Hubbub.")
        self.keep(ana, "port")

    def test_a_profile_that_cannot_be_written(self):
        (DESK.folder / "file").write_text("in the way", encoding="utf-8")
        ana = self.person("file/profile")
        ana.find(None, re.compile("^Can’t write to .*file/profile. Settings and waiting messages are kept only until "))
        self.keep(ana, "profile")

    def test_a_history_that_cannot_be_written(self):
        (DESK.folder / "history").mkdir()
        (DESK.folder / "history" / "host").write_text("in the way", encoding="utf-8")
        ana = self.person("history")
        ana.click("push button", "Start hosting")
        ana.find(None, re.compile("history.*/host|/host.*history"))
        self.keep(ana, "history")


if __name__ == "__main__":
    unittest.main()
