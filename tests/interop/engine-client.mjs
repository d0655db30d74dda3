// SPDX-License-Identifier: MIT
// engine.io-client of npm against our Engine.IO server: node run.mjs engine-client.mjs PATH-OF-INTEROP-ENGINE
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { after, before, describe, test } from "node:test";
import { Socket } from "engine.io-client";
import { once, startProgram } from "./program.mjs";

const program = process.argv[2];
const timeout = 15_000;

const ways = [
    ["polling only", { transports: ["polling"] }, "polling"],
    ["WebSocket only", { transports: ["websocket"] }, "websocket"],
    ["polling, then upgraded", {}, "websocket"],
    ["WebSocket first, polling next", { transports: ["websocket", "polling"], tryAllTransports: true }, "websocket"],
    ["polling, no upgrade wanted", { upgrade: false }, "polling"],
    ["polling, base64 asked for", { transports: ["polling"], forceBase64: true }, "polling"],
    ["WebSocket, base64 asked for", { transports: ["websocket"], forceBase64: true }, "websocket"],
];

for (const [name, way, transport] of ways) {
    describe(`engine.io-client, ${name}`, { timeout: 60_000 }, () => {
        let server;
        const sockets = [];
        const open = async (options = {}) => {
            const socket = new Socket(server.url, { ...way, ...options });
            sockets.push(socket);
            socket.binaryType = "nodebuffer";
            const upgraded = once(socket, "upgrade");
            await new Promise((resolve, reject) => {
                socket.once("open", resolve);
                socket.once("error", reject);
            });
            if (socket.transport.name !== transport) await upgraded;
            return socket;
        };
        /** The next so many messages. */
        const heard = (socket, count) => new Promise((resolve) => {
            const list = [];
            // An empty text is nothing at all, for this client.
            socket.on("message", (data) => { if (list.push(data ?? "") === count) resolve(list); });
        });

        before(async () => { server = await startProgram(program); });
        after(async () => {
            sockets.forEach((socket) => socket.close());
            await server.stop();
        });

        test("it opens by the way that was asked for", { timeout }, async () => {
            const socket = await open();
            assert.equal(socket.transport.name, transport);
            assert.match(socket.id, /^[\w-]{20}$/);
            assert.equal(socket.readyState, "open");
        });

        test("text and bytes come back in order and unchanged", { timeout }, async () => {
            const socket = await open();
            const sent = ["", "text", "ä€😀\u2028\0", Buffer.from([0, 1, 255]), "x".repeat(100_000), Buffer.alloc(0),
                randomBytes(200_000), "the end"];
            const back = heard(socket, sent.length);
            for (const data of sent) socket.send(data);
            assert.deepEqual((await back).map((data) => Buffer.from(data)), sent.map((data) => Buffer.from(data)));
            const kinds = (await back).map((data) => typeof data === "string");
            assert.deepEqual(kinds, sent.map((data) => typeof data === "string"));
        });

        test("a thousand at once", { timeout }, async () => {
            const socket = await open();
            const back = heard(socket, 1000);
            for (let i = 0; i < 1000; i++) socket.send(`${i}`);
            assert.deepEqual(await back, Array.from({ length: 1000 }, (_, i) => `${i}`));
        });

        test("written before it is open, heard afterwards", { timeout }, async () => {
            const socket = new Socket(server.url, way);
            sockets.push(socket);
            const back = heard(socket, 2);
            socket.send("early");
            socket.send("earlier than an upgrade");
            assert.deepEqual(await back, ["early", "earlier than an upgrade"]);
        });

        test("the heartbeat keeps a quiet client", { timeout }, async () => {
            const socket = await open();
            let pings = 0;
            await new Promise((resolve) => socket.on("ping", () => { if (++pings === 3) resolve(); }));
            assert.equal(socket.readyState, "open");
            const back = heard(socket, 1);
            socket.send("still here");
            assert.deepEqual(await back, ["still here"]);
        });

        test("it closes, and another is not touched by that", { timeout }, async () => {
            const [one, other] = [await open(), await open()];
            const closed = once(one, "close");
            one.send("last words");
            one.close();
            assert.equal((await closed)[0], "forced close");
            const back = heard(other, 1);
            other.send("still here");
            assert.deepEqual(await back, ["still here"]);
        });

        test("what it may not say ends it", { timeout }, async () => {
            const socket = await open();
            const closed = once(socket, "close");
            socket._sendPacket("ping"); // pings are the server's
            assert.match((await closed)[0], /^transport (close|error)$/);
        });

        test("too large a message ends it", { timeout }, async () => {
            const socket = await open();
            const closed = once(socket, "close");
            // In long-polling the client knows maxPayload, and sends what is larger alone: the server refuses it.
            socket.send("x".repeat(1_000_001));
            assert.match((await closed)[0], /^transport (close|error)$/);
        });

        test("a server that stops says so", { timeout }, async () => {
            const mortal = await startProgram(program);
            const socket = new Socket(mortal.url, way);
            await once(socket, "open");
            const closed = once(socket, "close");
            await mortal.stop();
            assert.match((await closed)[0], /^transport (close|error)$/);
        });
    });
}

test("an unknown session is refused with its code", { timeout }, async () => {
    const server = await startProgram(program);
    const answer = await fetch(`${server.url}/engine.io/?EIO=4&transport=polling&sid=nobody`);
    assert.equal(answer.status, 400);
    assert.deepEqual(await answer.json(), { code: 1, message: "Session ID unknown" });
    await server.kill();
});
