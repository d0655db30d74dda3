// SPDX-License-Identifier: MIT
// socket.io-client of npm on the minimal room server: node run.mjs room-server.mjs PATH-OF-ROOM-SERVER
import assert from "node:assert/strict";
import { createHmac, randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { io } from "socket.io-client";
import { once, startProgram } from "./program.mjs";

const program = process.argv[2];
const timeout = 15_000;
const secret = randomBytes(32).toString("hex");
const origin = "https://chat.example";

const part = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
const tokenFor = (sub, key = secret, life = 60) => {
    const input = `${part({ alg: "HS256" })}.${part({ sub, username: sub, exp: Math.floor(Date.now() / 1000) + life })}`;
    return `${input}.${createHmac("sha256", key).update(input).digest("base64url")}`;
};

describe("the minimal room server", { timeout: 60_000 }, () => {
    let server;
    let folder;
    const sockets = [];
    const connect = (auth, options = {}) => {
        const socket = io(server.url, { forceNew: true, reconnection: false, auth, ...options });
        sockets.push(socket);
        return socket;
    };
    const enter = async (name) => {
        const socket = connect({ token: tokenFor(name) });
        await once(socket, "connect");
        return socket;
    };

    before(async () => {
        folder = mkdtempSync(join(tmpdir(), "room-server-"));
        writeFileSync(join(folder, "secret"), secret);
        server = await startProgram(program, "0", join(folder, "secret"), origin);
    });
    after(async () => {
        sockets.forEach((socket) => socket.disconnect());
        await server.stop();
        rmSync(folder, { recursive: true });
    });

    for (const [name, auth, message] of [
        ["nothing", {}, "Authentication required"],
        ["an empty token", { token: "" }, "Authentication required"],
        ["a number", { token: 7 }, "Authentication required"],
        ["nonsense", { token: "x.y.z" }, "Invalid token"],
        ["another's signature", { token: tokenFor("u1", "x".repeat(32)) }, "Invalid token"],
        ["an old token", { token: tokenFor("u1", secret, -60) }, "Invalid token"],
    ]) {
        test(`${name} is refused`, { timeout }, async () => {
            const [error] = await once(connect(auth), "connect_error");
            assert.equal(error.message, message);
        });
    }

    test("the heartbeat is as agreed", { timeout }, async () => {
        const response = await fetch(`${server.url}/socket.io/?EIO=4&transport=polling`);
        const { pingInterval, pingTimeout } = JSON.parse((await response.text()).slice(1));
        assert.deepEqual([pingInterval, pingTimeout], [25000, 20000]);
    });

    test("one origin may ask, others may not", { timeout }, async () => {
        const ask = (from) => fetch(`${server.url}/socket.io/?EIO=4&transport=polling`, { headers: { Origin: from } });
        const allowed = await ask(origin);
        assert.equal(allowed.status, 200);
        assert.equal(allowed.headers.get("access-control-allow-origin"), origin);
        const other = await ask("https://evil.example");
        assert.notEqual(other.headers.get("access-control-allow-origin"), "https://evil.example");
        assert.equal(other.headers.get("access-control-allow-origin"), null);
    });

    test("people join, talk and go", { timeout }, async () => {
        const noor = await enter("noor");
        noor.emit("join-room", "lobby");
        assert.equal(await noor.emitWithAck("presence", "noor"), "online"); // has joined by now
        const lena = await enter("lena");
        const joined = once(noor, "user-joined");
        lena.emit("join-room", "lobby");
        assert.deepEqual(await joined, [{ userId: "lena" }]);

        const heard = [once(noor, "message"), once(lena, "message")];
        const before = Date.now();
        noor.emit("message", { roomId: "lobby", text: "Hello <b>all</b>" });
        for (const [message] of await Promise.all(heard)) {
            assert.deepEqual(Object.keys(message).sort(), ["text", "ts", "userId"]);
            assert.equal(message.userId, "noor");
            assert.equal(message.text, "Hello <b>all</b>");
            assert.ok(message.ts >= before - 1000 && message.ts <= Date.now() + 1000);
        }

        assert.equal(await noor.emitWithAck("presence", "lena"), "online");
        lena.disconnect();
        let presence = "online";
        while (presence === "online") {
            await pause(150); // more often would be too often for the server
            presence = await noor.emitWithAck("presence", "lena");
        }
        assert.equal(presence, "offline");
    });

    test("who is not in a room neither speaks nor hears there", { timeout }, async () => {
        const elif = await enter("elif");
        const noor = await enter("noor");
        noor.emit("join-room", "private");
        await noor.emitWithAck("presence", "noor");
        const heard = [];
        noor.onAny((...args) => heard.push(args));
        elif.emit("message", { roomId: "private", text: "let me in" });
        elif.emit("message", { roomId: noor.id, text: "by your id" });
        elif.emit("message", null);
        elif.emit("message", { roomId: "private", text: { $ne: 1 } });
        assert.equal(await elif.emitWithAck("presence", "elif"), "online");
        assert.equal(await noor.emitWithAck("presence", "noor"), "online");
        assert.deepEqual(heard, []);
    });

    test("who says too much is told to wait", { timeout }, async () => {
        const zoe = await enter("zoe");
        const answers = await Promise.all(Array.from({ length: 60 }, () => zoe.emitWithAck("presence", "zoe")));
        const refused = answers.filter((answer) => answer.success === false);
        assert.ok(refused.length > 0 && refused.length <= 40, `${refused.length} of 60`);
        assert.equal(refused[0].error.code, "rate-limited");
        assert.ok(refused[0].error.retryAfter > 0);
    });
});
