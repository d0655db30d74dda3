// SPDX-License-Identifier: MIT
// Recovered connections and namespaces made when asked for, with socket.io-client of npm against our server:
// node run.mjs js-recovery.mjs PATH-OF-INTEROP-SERVER
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { io } from "socket.io-client";
import msgpack from "socket.io-msgpack-parser";
import { once, startProgram } from "./program.mjs";

const program = process.argv[2];
const timeout = 15_000;

const ways = [
    ["WebSocket", { transports: ["websocket"] }],
    ["polling", { transports: ["polling"] }],
    ["polling, then upgraded", {}],
    ["MessagePack", { transports: ["websocket"], parser: msgpack }, ["--msgpack"]],
];

for (const [name, way, options = []] of ways) {
    describe(`recovery over ${name}`, { timeout: 60_000 }, () => {
        let server;
        const sockets = [];
        const connect = async (nsp = "/") => {
            const socket = io(server.url + nsp, { forceNew: true, reconnection: false, ...way });
            sockets.push(socket);
            const welcome = once(socket, "welcome");
            await once(socket, "connect");
            await welcome;
            if (name.endsWith("upgraded") && socket.io.engine.transport.name !== "websocket") {
                await once(socket.io.engine, "upgrade");
            }
            return socket;
        };
        /** Breaks the connection without a word of Socket.IO, and waits until the server and `other` know. */
        const cut = async (socket, other) => {
            const gone = [once(other, "left"), once(socket, "disconnect")];
            const transport = socket.io.engine.transport;
            if (transport.ws) transport.ws.terminate();
            else socket.io.engine.close();
            return (await Promise.all(gone))[0];
        };
        /** Comes back, and waits until everything that was sent to it has arrived. */
        const back = async (socket) => {
            const connected = once(socket, "connect");
            socket.connect();
            await connected;
            await socket.emitWithAck("echo", "here");
        };

        before(async () => { server = await startProgram(program, "--recovery", ...options); });
        after(async () => {
            sockets.forEach((socket) => socket.disconnect());
            await server.kill();
        });

        test("rooms, data and what was missed come back, once and in order", { timeout }, async () => {
            const [a, b] = [await connect(), await connect()];
            const { id } = a;
            assert.equal(a.recovered, false);
            await a.emitWithAck("join", "lobby");
            await a.emitWithAck("set-data", { name: "Ann" });
            const said = [];
            a.on("said", (what) => said.push(what));
            b.emit("say", "lobby", 1);
            await b.emitWithAck("echo");
            await a.emitWithAck("echo");

            const [leaver, reason] = await cut(a, b);
            assert.equal(leaver, id);
            assert.match(reason, /^transport (close|error)$/);
            for (let i = 2; i <= 20; i++) b.emit("say", "lobby", i);
            b.emit("say", "attic", "not for a");
            b.emit("say", "lobby", Buffer.from([7]));
            await b.emitWithAck("whisper", "lobby", "now or never");
            await back(a);

            assert.equal(a.recovered, true);
            assert.equal(a.id, id);
            assert.deepEqual(said.slice(0, 20), Array.from({ length: 20 }, (_, i) => i + 1));
            assert.deepEqual([...new Uint8Array(said[20])], [7]);
            assert.equal(said.length, 21);
            assert.deepEqual(await a.emitWithAck("who-am-i"),
                { id, rooms: [id, "lobby"].sort(), data: { name: "Ann" }, recovered: true });
            b.emit("say", "lobby", "after");
            await b.emitWithAck("echo");
            await a.emitWithAck("echo");
            assert.equal(said.at(-1), "after");
            assert.equal(said.length, 22);
        });

        test("again and again", { timeout }, async () => {
            const [a, b] = [await connect(), await connect()];
            await a.emitWithAck("join", "lobby");
            const said = [];
            a.on("said", (what) => said.push(what));
            for (let round = 0; round < 5; round++) {
                await cut(a, b);
                b.emit("say", "lobby", round);
                await b.emitWithAck("echo");
                await back(a);
                assert.equal(a.recovered, true, `round ${round}`);
            }
            assert.deepEqual(said, [0, 1, 2, 3, 4]);
        });

        test("volatile text does not break it", { timeout }, async () => {
            const [a, b] = [await connect(), await connect()];
            await a.emitWithAck("join", "lobby");
            const whispered = once(a, "whispered");
            // A long poll has to be open for it to be taken.
            let heard = false;
            whispered.then(() => { heard = true; });
            while (!heard) {
                await b.emitWithAck("whisper", "lobby", "typing");
                await a.emitWithAck("echo");
            }
            const missed = once(a, "said");
            await cut(a, b);
            b.emit("say", "lobby", "missed");
            await b.emitWithAck("echo");
            await back(a);
            assert.equal(a.recovered, true);
            assert.equal((await missed)[0], "missed");
        });

        test("who left does not come back", { timeout }, async () => {
            const a = await connect();
            const { id } = a;
            a.disconnect();
            const connected = once(a, "connect");
            a.connect();
            await connected;
            assert.equal(a.recovered, false);
            assert.notEqual(a.id, id);
        });

        test("a namespace made when asked for recovers as well", { timeout }, async () => {
            const [a, b] = [await connect("/room-1"), await connect("/room-1")];
            await a.emitWithAck("join", "lobby");
            const said = [];
            a.on("said", (what) => said.push(what));
            await cut(a, b);
            b.emit("say", "lobby", "in room 1");
            await b.emitWithAck("echo");
            await back(a);
            assert.equal(a.recovered, true);
            assert.deepEqual(said, ["in room 1"]);
        });

        test("a name that no pattern fits is refused", { timeout }, async () => {
            const socket = io(`${server.url}/room-x`, { forceNew: true, reconnection: false, ...way });
            sockets.push(socket);
            const [error] = await once(socket, "connect_error");
            assert.equal(error.message, "Invalid namespace");
        });
    });
}
