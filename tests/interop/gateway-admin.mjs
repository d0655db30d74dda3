// SPDX-License-Identifier: MIT
// What the official Admin UI relies on, heard by socket.io-client of npm: node run.mjs gateway-admin.mjs PATH-OF-HUBBUB-SERVER
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { io } from "socket.io-client";
import { once, startProgram } from "./program.mjs";

const program = process.argv[2];
const timeout = 20_000;
const folder = mkdtempSync(join(tmpdir(), "hubbub-admin-"));
const credentials = { username: "op", password: "correct horse" };
let server;
const sockets = [];

const connect = (nsp, options = {}) => {
    const socket = io(server.url + nsp, { forceNew: true, reconnection: false, ...options });
    sockets.push(socket);
    return socket;
};
const refusal = (auth) => new Promise((resolve) => connect("/admin", { auth }).once("connect_error", (error) => resolve(error.message)));
const guest = async () => {
    const response = await fetch(`${server.url}/guest/token`, {
        method: "POST", headers: { "Content-Type": "application/json" }, body: '{"name":"Noor"}',
    });
    return response.json();
};

before(async () => {
    const file = join(folder, "password");
    writeFileSync(file, credentials.password);
    server = await startProgram(program, "--port", "0", "--guests", "--admin-username", "op", "--admin-password-file", file);
});
after(async () => {
    sockets.forEach((socket) => socket.disconnect());
    await server.stop();
    rmSync(folder, { recursive: true });
});

test("wrong credentials are refused in the reference's words", { timeout }, async () => {
    for (const auth of [{}, { username: "op" }, { username: "op", password: "x" }, { sessionId: null }, { sessionId: "0".repeat(16) }]) {
        assert.equal(await refusal(auth), "invalid credentials");
    }
});

test("a UI that listens only after connect still gets its session, and comes back with it", { timeout }, async () => {
    const first = connect("/admin", { auth: credentials });
    const session = await new Promise((resolve) => first.once("connect", () => first.once("session", resolve)));
    assert.match(session, /^[0-9a-f]{32}$/);
    const again = connect("/admin", { auth: { sessionId: session } });
    const [config] = await once(again, "config");
    assert.deepEqual(config.supportedFeatures, ["AGGREGATED_EVENTS", "ALL_EVENTS", "HUBBUB_EXT_1"]);
    first.disconnect();
    again.disconnect();
});

test("the life of a client is told in order, without its secrets", { timeout }, async () => {
    const admin = connect("/admin", { auth: credentials });
    await once(admin, "all_sockets");
    const told = [];
    let watched;
    admin.onAny((event, ...args) => {
        if (event === "server_stats") return;
        const [nsp, second, third] = event === "socket_connected" || event === "socket_updated" ? [args[0].nsp] : args;
        if (nsp === "/chat") told.push([event, event.startsWith("room") ? second : event.startsWith("event") ? third[0] : undefined]);
        if (event === "socket_connected" && nsp === "/chat") watched = args[0];
    });
    const { token, userId } = await guest();
    const secret = "session=abcdef0123456789";
    const chat = connect("/chat", { auth: { token }, transports: ["websocket"], extraHeaders: { cookie: secret, authorization: `Bearer ${token}` }, query: { token } });
    await once(chat, "authenticated");
    await chat.emitWithAck("join-room", { roomId: "lobby" });
    const id = chat.id;
    const gone = once(admin, "socket_disconnected");
    chat.disconnect();
    const [nsp, goneId, reason, ts] = await gone;
    assert.deepEqual([nsp, goneId, reason], ["/chat", id, "client namespace disconnect"]);
    assert.equal(new Date(ts).toISOString(), ts);
    while (told.filter(([event]) => event === "room_left").length < 3) await once(admin, "room_left");
    assert.deepEqual(told.slice(0, 5), [
        ["room_joined", id], ["socket_connected", undefined], ["socket_updated", undefined],
        ["room_joined", `user:${userId}`], ["event_sent", "authenticated"],
    ]);
    assert.ok(told.some(([event, what]) => event === "event_received" && what === "join-room"));
    assert.ok(told.some(([event, what]) => event === "room_joined" && what === "room:lobby"));
    const end = told.findIndex(([event]) => event === "socket_disconnected");
    assert.deepEqual(told.slice(end + 1).map(([event]) => event), ["room_left", "room_left", "room_left"]);
    assert.equal(told[end + 1][1], id);

    assert.equal(watched.handshake.headers.cookie, "[hidden]");
    assert.equal(watched.handshake.headers.authorization, "[hidden]");
    assert.equal(watched.handshake.query.token, "[hidden]");
    assert.ok(!JSON.stringify(watched).includes(token));
    assert.ok(!JSON.stringify(watched).includes("abcdef0123456789"));
    assert.equal(typeof watched.handshake.issued, "number");
    assert.ok(Array.isArray(watched.rooms) && watched.rooms.includes(id));
    admin.disconnect();
});

test("figures come as the Admin UI reads them", { timeout }, async () => {
    const admin = connect("/admin", { auth: credentials });
    const [stats] = await once(admin, "server_stats");
    for (const key of ["serverId", "hostname"]) assert.equal(typeof stats[key], "string");
    for (const key of ["pid", "uptime", "clientsCount", "pollingClientsCount"]) assert.equal(typeof stats[key], "number");
    assert.ok(stats.namespaces.some(({ name, socketsCount }) => name === "/admin" && socketsCount === 1));
    for (const { timestamp, type, count } of stats.aggregatedEvents) {
        assert.equal(timestamp % 1000, 0);
        assert.match(type, /^(raw(Dis)?[cC]onnection|(packets|bytes)(In|Out))$/);
        assert.ok(count > 0);
    }
    admin.disconnect();
});
