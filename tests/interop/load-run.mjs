// SPDX-License-Identifier: MIT
// How the stories of hubbub-load run it, what npm's server does for it, and what it has to do in every scenario by every
// transport. Their first arguments are PATH-OF-HUBBUB-LOAD PATH-OF-BENCH-SERVER.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { Server } from "socket.io";

export const [, , program, benchServer] = process.argv;
export const timeout = 60_000;
export const folder = mkdtempSync(join(tmpdir(), "hubbub-load-"));
process.once("exit", () => rmSync(folder, { recursive: true }));

/** Starts it; `ended` gives {code, said, complained, json}, json being what it wrote with --json, or undefined. */
export function start(...args) {
    const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"] });
    let said = "";
    let complained = "";
    child.stdout.on("data", (data) => { said += data; });
    child.stderr.on("data", (data) => { complained += data; });
    const ended = new Promise((resolve) => child.once("close", (code, signal) => {
        const at = args.indexOf("--json") + 1;
        let json;
        if (at > 0 && args[at] === "-") json = JSON.parse(said);
        else if (at > 0 && existsSync(args[at])) json = JSON.parse(readFileSync(args[at], "utf8"));
        resolve({ code: code ?? signal, said, complained, json });
    }));
    return { child, ended };
}
export const load = (...args) => start(...args).ended;

export async function until(condition) {
    while (!condition()) await new Promise((resolve) => setTimeout(resolve, 10));
}

/** Its result, which has to be one of a run in which nothing was lost. */
export async function measured(...args) {
    const { code, json, complained } = await load(...args, "--json", "-");
    assert.equal(code, 0, complained);
    assert.equal(json.lostClients, 0);
    assert.equal(json.problem, "");
    assert.equal(json.interrupted, false);
    const { min, p50, p90, p99, p999, max } = json.latencyMicroseconds;
    assert.ok(min <= p50 && p50 <= p90 && p90 <= p99 && p99 <= p999 && p999 <= max, JSON.stringify(json.latencyMicroseconds));
    assert.equal(json.distribution.at(-1)?.count ?? 0, json.latencyMicroseconds.count);
    return json;
}

/** npm's server, with what each scenario needs, and what it saw; with Node's options for TLS, over that. */
export async function npmServer(options = {}, tls) {
    const none = (request, response) => { response.writeHead(404).end(); };
    const http = tls ? createTlsServer(tls, none) : createServer(none);
    const io = new Server(http, options);
    const seen = { transports: new Set(), connections: 0, disconnections: 0, messages: 0, lengths: new Set(), biggestRoom: 0, handshake: null };
    const serve = (socket) => {
        seen.connections++;
        seen.handshake = socket.handshake;
        socket.on("disconnect", () => { seen.disconnections++; });
        socket.on("echo", (...args) => {
            seen.messages++;
            seen.transports.add(socket.conn.transport.name);
            seen.lengths.add(args[0]?.length ?? 0);
            seen.arguments = args.slice(0, -1);
            args.pop()(...args);
        });
        socket.on("bcast", (...args) => { seen.messages++; socket.nsp.emit("bcast", ...args); });
        socket.on("join", (room, ack) => {
            socket.join(room);
            seen.biggestRoom = Math.max(seen.biggestRoom, socket.nsp.adapter.rooms.get(room).size);
            ack();
        });
        socket.on("say", (room, ...rest) => { seen.messages++; socket.nsp.to(room).emit("say", room, ...rest); });
    };
    io.on("connection", serve);
    io.of("/other").on("connection", serve);
    let asked = 0;
    io.of("/half").use((socket, next) => next(asked++ % 2 ? new Error("every second one") : undefined)).on("connection", serve);
    io.of("/brief").on("connection", (socket) => setTimeout(() => socket.disconnect(), 20));
    const sockets = new Set();
    http.on("connection", (socket) => { sockets.add(socket); });
    /** As a process ends: nothing is said any more. */
    const die = () => {
        http.close();
        sockets.forEach((socket) => socket.destroy());
    };
    await new Promise((resolve) => http.listen(0, "127.0.0.1", resolve));
    return { url: `${tls ? "https" : "http"}://127.0.0.1:${http.address().port}`, seen, io, die, kill: () => new Promise((resolve) => io.close(resolve)) };
}

/** The tests of every scenario by every transport; `server` gives the server, `run` runs hubbub-load against it. */
export function everyScenario(server, run) {
    for (const transport of ["websocket", "polling", "upgrade"]) {
        const by = (...args) => run("--transport", transport, ...args);

        test(`echo by ${transport}`, { timeout }, async () => {
            server().seen?.transports.clear();
            const json = await by("--clients", "7", "--in-flight", "2", "--count", "500");
            assert.ok(json.operations >= 500 && json.latencyMicroseconds.count === json.operations);
            assert.equal(json.connectMicroseconds.count, 7);
            if (server().seen) {
                assert.deepEqual([...server().seen.transports], [transport === "polling" ? "polling" : "websocket"]);
            }
        });

        test(`broadcast by ${transport}`, { timeout }, async () => {
            const json = await by("--scenario", "broadcast", "--clients", "6", "--in-flight", "3", "--count", "300");
            assert.ok(json.operations >= 300);
        });

        test(`rooms by ${transport}`, { timeout }, async () => {
            // The second room has one client fewer.
            const json = await by("--scenario", "rooms", "--clients", "7", "--room-size", "4", "--count", "300");
            assert.ok(json.operations >= 300);
            if (server().seen) assert.equal(server().seen.biggestRoom, 4);
        });

        test(`churn by ${transport}`, { timeout }, async () => {
            const before = server().seen?.connections;
            const json = await by("--scenario", "churn", "--clients", "5", "--stay", "0.05", "--count", "20");
            assert.ok(json.operations >= 20);
            assert.ok(json.connectMicroseconds.count >= 25);
            if (server().seen) assert.ok(server().seen.connections - before >= 25);
        });

        test(`connect by ${transport}`, { timeout }, async () => {
            const json = await by("--scenario", "connect", "--clients", "5", "--count", "20");
            assert.equal(json.operations, 20);
        });

        test(`idle by ${transport}`, { timeout }, async () => {
            const json = await by("--scenario", "idle", "--clients", "120", "--seconds", "0.1", "--pid", `${process.pid}`);
            assert.equal(json.operations, 8); // the first hundred and a tenth warm it up
            assert.ok(json.server.residentKibAfter > 0);
        });
    }
}
