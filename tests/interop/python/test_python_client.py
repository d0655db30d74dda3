# SPDX-License-Identifier: MIT
"""python-socketio's clients against our server: HUBBUB_INTEROP_SERVER names interop-server."""
import os
import unittest

from clients import AsyncioClient, ThreadedClient
from program import Program

SERVER = os.environ["HUBBUB_INTEROP_SERVER"]
VALUES = [
    [],
    [None],
    [True, False, None, 0, -1, 1.5, 2 ** 53 - 1],
    ["", "ä€😀\u2028\u001e\0\\\""],
    [{"a": [{"b": [[]]}], "": {}}],
    ["x" * 100_000],
]


def reason_of(watcher, left):
    """Why that one left; others may still be leaving from the story before."""
    while True:
        who, reason = watcher.heard("left")
        if who == left:
            return reason


class Stories:
    """Told by each client over each transport; see the classes below."""
    transports = None
    serializer = "default"

    @classmethod
    def program(cls, *arguments):
        return Program(SERVER, *(["--msgpack"] if cls.serializer == "msgpack" else []), *arguments)

    @classmethod
    def setUpClass(cls):
        cls.server = cls.program()

    @classmethod
    def tearDownClass(cls):
        cls.server.stop()

    def made(self, **options):
        return self.kind(serializer=self.serializer, **options)

    def client(self, nsp="/", *events, **options):
        client = self.made()
        self.addCleanup(client.close)
        client.listen(nsp, *events)
        client.connect(self.server.url, self.transports, [nsp], **options)
        client.heard("welcome", nsp)
        return client

    def test_transport(self):
        client = self.client()
        expected = "websocket" if self.transports is None else self.transports[0]
        self.assertEqual(client.transport(), expected)
        self.assertEqual(client.call("transport"), [expected])
        self.assertRegex(client.id(), r"^[\w-]{20}$")

    def test_values(self):
        client = self.client("/", "sent-back")
        for value in VALUES:
            client.emit("send-back", *value)
            self.assertEqual(list(client.heard("sent-back")), value)
            self.assertEqual(client.call("echo", *value), value)

    def test_many_in_order(self):
        # Its long-polling takes at most 16 packets at once, a ping among them, and breaks off at more.
        count = 200 if self.transports != ["polling"] else 10
        client = self.client("/", "sent-back")
        for number in range(count):
            client.emit("send-back", number)
        self.assertEqual([client.heard("sent-back") for _ in range(count)], [(number,) for number in range(count)])

    def test_binary(self):
        client = self.client("/", "sent-back")
        for size in (0, 1, 125, 126, 65_535, 65_536, 300_000):
            data = os.urandom(size)
            self.assertEqual(client.call("echo", data), [data])
        ten = [bytes([i, 255 - i]) for i in range(10)]
        client.emit("send-back", ten[:5], {"rest": ten[5:]}, "end")
        self.assertEqual(client.heard("sent-back"), (ten[:5], {"rest": ten[5:]}, "end"))

    def test_answers_of_the_client(self):
        client = self.client("/", "answered")
        for given, answer, told in (("why", "because", ["because"]), ("bytes", b"\0\xff", [b"\0\xff"]),
                                    ("two", (1, {"two": [2]}), [1, {"two": [2]}]), ("none", None, [])):
            client.answer("question", lambda what, answer=answer: answer)
            client.emit("ask-me", given)
            self.assertEqual(client.heard("question"), (given,))
            self.assertEqual(client.heard("answered"), (True, told))

    def test_rooms(self):
        one, two, three = (self.client("/", "said") for _ in range(3))
        self.assertEqual(sorted(two.call("join", "red")[0]), sorted([two.id(), "red"]))
        one.call("join", "red")
        one.emit("say", "red", "to red")
        one.emit("say", three.id(), "to three")
        one.emit("say-except", "red", "not to red")
        one.call("echo")
        two.call("leave", "red")
        one.emit("say", "red", "to nobody")
        one.emit("say-all", "to all")
        for client, said in ((one, ["to all"]), (two, ["to red", "to all"]), (three, ["to three", "not to red", "to all"])):
            self.assertEqual([client.heard("said")[0] for _ in said], said)

    def test_namespaces(self):
        client = self.made()
        self.addCleanup(client.close)
        nsps = ["/", "/custom", "/room-7"]
        for nsp in nsps:
            client.listen(nsp)
        client.connect(self.server.url, self.transports, nsps, auth={"user": "me"})
        for nsp in nsps:
            self.assertEqual(client.heard("welcome", nsp), (nsp, {"user": "me"}))
            self.assertEqual(client.call("echo", nsp, nsp=nsp), [nsp])
        self.assertEqual(len({client.id(nsp) for nsp in nsps}), 3)

    def test_refusals(self):
        for nsp, auth, said in (("/guarded", {"token": "wrong"}, {"message": "Invalid token", "data": {"code": 7}}),
                                ("/nowhere", None, {"message": "Invalid namespace"})):
            client = self.made()
            self.addCleanup(client.close)
            client.listen(nsp)
            client.connect(self.server.url, self.transports, [nsp], auth=auth)
            self.assertEqual(client.heard("connect_error", nsp), (said,))
        guest = self.client("/guarded", auth=lambda: {"token": "sesame"})
        self.assertEqual(guest.call("echo", "in", nsp="/guarded"), ["in"])

    def test_reasons(self):
        watcher = self.client("/", "left")
        client = self.client()
        leaving = client.id()
        client.disconnect()
        # It cuts the connection while its goodbye is still in a queue, and may have no request under way.
        self.assertIn(reason_of(watcher, leaving),
                      ("client namespace disconnect", "transport close", "transport error", "ping timeout"))
        for ends_all in (False, True):
            client = self.client()
            leaving = client.id()
            client.emit("kick-me", ends_all)
            self.assertEqual(client.heard("disconnect"), ())
            self.assertEqual(reason_of(watcher, leaving), "server namespace disconnect")

    def test_too_much(self):
        if self.transports == ["polling"]:
            self.skipTest("it takes no notice of the refusal")
        watcher = self.client("/", "left")
        client = self.client()
        leaving = client.id()
        client.emit("echo", "x" * 1_100_000)
        self.assertEqual(client.heard("disconnect"), ())
        self.assertEqual(reason_of(watcher, leaving), "transport error")
        self.assertEqual(watcher.call("echo", "unharmed"), ["unharmed"])

    def test_found_again(self):
        server = self.program()
        client = self.made(reconnection=True, reconnection_delay=0.05, reconnection_delay_max=0.2, randomization_factor=0)
        self.addCleanup(client.close)
        client.listen("/")
        client.connect(server.url, self.transports)
        client.heard("welcome")
        first = client.id()
        server.kill()
        self.assertEqual(client.heard("disconnect"), ())
        server = self.program(str(server.port))
        self.addCleanup(server.stop)
        client.heard("welcome")
        self.assertNotEqual(client.id(), first)
        self.assertEqual(client.call("echo", "again"), ["again"])
        client.close()


for kind in (ThreadedClient, AsyncioClient):
    for way, transports in (("Polling", ["polling"]), ("WebSocket", ["websocket"]), ("Upgraded", None)):
        name = kind.__name__ + way
        globals()[name] = type(name, (Stories, unittest.TestCase), {"kind": kind, "transports": transports})
    name = f"{kind.__name__}MessagePack"
    globals()[name] = type(name, (Stories, unittest.TestCase),
                           {"kind": kind, "transports": ["websocket"], "serializer": "msgpack"})
