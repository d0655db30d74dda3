// SPDX-License-Identifier: MIT
// socket.io-client of npm against our server: node run.mjs js-client.mjs PATH-OF-INTEROP-SERVER [3]
// With 3 it is the client of that version, which speaks the same protocol.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { after, before, describe, test } from "node:test";
import msgpack from "socket.io-msgpack-parser";
import { once, startProgram } from "./program.mjs";

const [, , program, version = "4"] = process.argv;
const timeout = 15_000;
const { io } = await import(version === "3" ? "socket.io-client-3" : "socket.io-client");
if (version === "3") {
    // What these stories are told with came in 4.
    Object.defineProperties(Object.getPrototypeOf(io("http://127.0.0.1", { autoConnect: false })), {
        emitWithAck: { value(...args) { return new Promise((resolve) => this.emit(...args, resolve)); } },
        timeout: { value() { return this; } },
    });
}

const ways = [
    ["polling, then upgraded", {}],
    ["WebSocket only", { transports: ["websocket"] }],
    ["polling only", { transports: ["polling"] }],
    ["MessagePack, WebSocket only", { transports: ["websocket"], parser: msgpack }, ["--msgpack"]],
    ["MessagePack, polling only", { transports: ["polling"], parser: msgpack }, ["--msgpack"]],
];

for (const [name, way, options = []] of ways) {
    describe(`socket.io-client ${version}, ${name}`, { timeout: 60_000 }, () => {
        let server;
        const sockets = [];
        const connect = async (nsp = "/", options = {}) => {
            const socket = io(server.url + nsp, { forceNew: true, reconnection: false, ...way, ...options });
            sockets.push(socket);
            const welcome = once(socket, "welcome");
            await new Promise((resolve, reject) => {
                socket.once("connect", resolve);
                socket.once("connect_error", reject);
            });
            await welcome;
            return socket;
        };
        const pair = async () => [await connect(), await connect()];

        before(async () => { server = await startProgram(program, ...options); });
        after(async () => {
            sockets.forEach((socket) => socket.disconnect());
            await server.stop();
        });

        test("the transport is the expected one", { timeout }, async () => {
            const socket = await connect();
            if (name === "polling, then upgraded" && socket.io.engine.transport.name !== "websocket") {
                await once(socket.io.engine, "upgrade");
            }
            const expected = way.transports?.[0] ?? "websocket";
            assert.equal(socket.io.engine.transport.name, expected);
            assert.equal(await socket.emitWithAck("transport"), expected);
            assert.notEqual(socket.id, socket.io.engine.id);
            assert.match(socket.id, /^[\w-]{20}$/);
        });

        test("events arrive in order and unchanged", { timeout }, async () => {
            const socket = await connect();
            const sent = [[], [1], ["text", null, true, 1.5, -1], [{ a: [{ b: "ä€😀\u2028\u001e\0" }] }], [[[]]], ["x".repeat(100_000)]];
            const got = await new Promise((resolve) => {
                const list = []; // several may come at once, and be told within one turn
                socket.on("sent-back", (...args) => { if (list.push(args) === sent.length) resolve(list); });
                for (const args of sent) socket.emit("send-back", ...args);
            });
            assert.deepEqual(got, sent);
        });

        test("two hundred at once", { timeout }, async () => {
            const socket = await connect();
            const got = [];
            const all = new Promise((resolve) => socket.on("sent-back", (i) => { got.push(i); if (got.length === 200) resolve(); }));
            for (let i = 0; i < 200; i++) socket.emit("send-back", i);
            await all;
            assert.deepEqual(got, Array.from({ length: 200 }, (_, i) => i));
        });

        test("acks from the server", { timeout }, async () => {
            const socket = await connect();
            const args = await new Promise((resolve) => socket.emit("echo", 1, "two", { three: 3 }, (...a) => resolve(a)));
            assert.deepEqual(args, [1, "two", { three: 3 }]);
            assert.equal(await socket.timeout(2_000).emitWithAck("typed", 41), 42);
            const failed = await socket.timeout(2_000).emitWithAck("typed", "no number");
            assert.equal(failed.success, false);
            assert.equal(failed.error.code, "argument-mismatch");
        });

        test("acks from the client", { timeout }, async () => {
            const socket = await connect();
            socket.on("question", (what, ack) => ack("seen", what));
            socket.emit("ask-me", { deep: [1] });
            assert.deepEqual(await once(socket, "answered"), [true, ["seen", { deep: [1] }]]);
            socket.off("question");
            socket.emit("ask-me", "nobody listens");
            assert.deepEqual(await once(socket, "answered"), [false, "ack-timeout"]);
        });

        test("acks of a broadcast, one with binary, one missing", { timeout }, async () => {
            const [one, two] = await pair();
            const three = await connect();
            one.on("question", (what, ack) => ack(Buffer.from([what])));
            two.on("question", (what, ack) => ack(what + 1));
            const left = once(one, "left");
            three.on("question", () => three.disconnect());
            one.emit("ask-all", 7);
            const [expected, replies] = await once(one, "all-answered");
            assert.ok(expected >= 3);
            assert.equal(replies.length, 2);
            assert.ok(replies.some((reply) => Buffer.isBuffer(reply) && reply[0] === 7));
            assert.ok(replies.includes(8));
            await left;
        });

        test("binary in both directions", { timeout }, async () => {
            const socket = await connect();
            for (const size of [0, 1, 125, 126, 65_535, 65_536, 300_000]) {
                const data = randomBytes(size);
                const [back] = await new Promise((resolve) => socket.emit("echo", data, (...a) => resolve(a)));
                assert.ok(Buffer.isBuffer(back));
                assert.ok(back.equals(data), `${size} bytes`);
            }
            const ten = Array.from({ length: 10 }, (_, i) => Buffer.from([i, 255 - i]));
            socket.emit("send-back", ten.slice(0, 5), { rest: ten.slice(5) }, "end");
            assert.deepEqual(await once(socket, "sent-back"), [ten.slice(0, 5), { rest: ten.slice(5) }, "end"]);
        });

        test("rooms, except, everybody", { timeout }, async () => {
            const [one, two] = await pair();
            const three = await connect();
            const said = new Map([one, two, three].map((socket) => [socket, []]));
            for (const socket of said.keys()) socket.on("said", (what) => said.get(socket).push(what));
            const rooms = await two.emitWithAck("join", "red");
            assert.deepEqual(rooms.sort(), [two.id, "red"].sort());
            await one.emitWithAck("join", "red");

            one.emit("say", "red", "to red");
            one.emit("say", three.id, "to three");
            one.emit("say-except", "red", "not to red");
            await one.emitWithAck("echo"); // all of that is done
            await two.emitWithAck("leave", "red");
            one.emit("say", "red", "to nobody");
            one.emit("say-all", "to all");
            await Promise.all([...said.keys()].map((socket) => new Promise((resolve) => {
                const look = (what) => { if (what === "to all") resolve(); };
                said.get(socket).includes("to all") ? resolve() : socket.on("said", look);
            })));
            assert.deepEqual(said.get(one), ["to all"]);
            assert.deepEqual(said.get(two), ["to red", "to all"]);
            assert.deepEqual(said.get(three), ["to three", "not to red", "to all"]);
        });

        test("two namespaces on one connection", { timeout }, async () => {
            const main = await connect("/", { multiplex: true, forceNew: false });
            const custom = main.io.socket("/custom", { auth: { user: "me" } });
            assert.deepEqual(await once(custom, "welcome"), ["/custom", { user: "me" }]);
            assert.notEqual(custom.id, main.id);
            assert.deepEqual(await custom.emitWithAck("echo", "here"), "here");
            custom.disconnect();
            assert.deepEqual(await main.emitWithAck("echo", "still here"), "still here");
        });

        test("refusals say why", { timeout }, async () => {
            const error = await connect("/guarded", { auth: { token: "wrong" } }).catch((e) => e);
            assert.equal(error.message, "Invalid token");
            assert.deepEqual(error.data, { code: 7 });
            const unknown = await connect("/nowhere").catch((e) => e);
            assert.equal(unknown.message, "Invalid namespace");
            const guest = await connect("/guarded", { auth: (give) => give({ token: "sesame" }) });
            assert.ok(guest.connected);
        });

        test("a refused client may come again on the same connection", { timeout }, async () => {
            const socket = io(`${server.url}/guarded`, { forceNew: true, ...way, auth: { token: "wrong" } });
            sockets.push(socket);
            await once(socket, "connect_error");
            if (version !== "3") assert.equal(socket.active, false);
            socket.auth = { token: "sesame" };
            socket.connect();
            await once(socket, "connect");
        });

        test("both sides name the reason of a disconnect", { timeout }, async () => {
            const watcher = await connect();
            const leave = async (act) => {
                const socket = await connect();
                // Under an upgrade the reasons depend on the transport of the moment; wait for the last one.
                if (!way.transports && socket.io.engine.transport.name !== "websocket") await once(socket.io.engine, "upgrade");
                const { id } = socket;
                const seen = new Promise((resolve) => watcher.on("left", (who, why) => { if (who === id) resolve(why); }));
                const reason = once(socket, "disconnect");
                act(socket);
                return [(await reason)[0], await seen];
            };
            assert.deepEqual(await leave((s) => s.disconnect()), ["io client disconnect", "client namespace disconnect"]);
            assert.deepEqual(await leave((s) => s.emit("kick-me", false)), ["io server disconnect", "server namespace disconnect"]);
            assert.deepEqual(await leave((s) => s.emit("kick-me", true)), ["io server disconnect", "server namespace disconnect"]);
            assert.deepEqual(await leave((s) => s.io.engine.close()), ["forced close", "transport close"]);
            assert.deepEqual(await leave((s) => s.io.engine.write("garbage")), ["transport close", "forced close"]);
        });

        test("volatile events come in order, or not at all", { timeout }, async () => {
            const socket = await connect();
            const got = [];
            socket.on("drop", (i) => got.push(i));
            socket.emit("flood", 50);
            assert.deepEqual(await once(socket, "flooded"), [50]);
            assert.deepEqual(got, [...got].sort((a, b) => a - b));
            assert.ok(got.length <= 50);
            socket.volatile.emit("send-back", "volatile from the client");
            assert.deepEqual(await socket.emitWithAck("echo", "alive"), "alive");
        });

        test("the heartbeat keeps a quiet client", { timeout }, async () => {
            const socket = await connect();
            let pings = 0;
            await new Promise((resolve) => socket.io.engine.on("packet", ({ type }) => { if (type === "ping" && ++pings === 4) resolve(); }));
            assert.ok(socket.connected);
        });
    });

    test(`${name}: a killed server is found again on the same port`, { timeout: 30_000 }, async () => {
        let server = await startProgram(program, ...options);
        const socket = io(server.url, { forceNew: true, ...way, reconnectionDelay: 20, reconnectionDelayMax: 100 });
        try {
            await once(socket, "welcome");
            const first = socket.id;
            const gone = once(socket, "disconnect");
            await server.kill();
            assert.match((await gone)[0], /^transport (close|error)$/);
            const late = socket.emitWithAck("echo", "written while away");
            const back = once(socket, "welcome");
            server = await startProgram(program, ...options, String(server.port));
            await back;
            assert.notEqual(socket.id, first);
            assert.equal(await late, "written while away");
        } finally {
            socket.disconnect();
            await server.kill();
        }
    });
}
