// SPDX-License-Identifier: MIT
// hubbub-load against our server and npm's: node run.mjs load.mjs PATH-OF-HUBBUB-LOAD PATH-OF-BENCH-SERVER
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readdirSync, readlinkSync } from "node:fs";
import { createServer } from "node:http";
import { createServer as createTcpServer } from "node:net";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import msgpack from "socket.io-msgpack-parser";
import { benchServer, everyScenario, folder, load, measured, npmServer, program, start, timeout, until } from "./load-run.mjs";
import { startProgram } from "./program.mjs";

/** Whether the process has a connection, or is making one: a socket beside its two of output. */
function hasConnection(pid) {
    const kinds = readdirSync(`/proc/${pid}/fd`).map((fd) => {
        try { return readlinkSync(`/proc/${pid}/fd/${fd}`); } catch { return ""; } // closed meanwhile
    });
    return kinds.filter((kind) => kind.startsWith("socket:")).length > 2;
}

const servers = [["our server", () => startProgram(benchServer, "0")], ["npm's socket.io", npmServer]];

for (const [name, startServer] of servers) {
    describe(name, { timeout: 300_000 }, () => {
        let server;
        before(async () => { server = await startServer(); });
        after(async () => { await server.kill(); });
        const run = (...args) => measured("--url", server.url, "--seconds", "50", "--warmup", "0", ...args);

        everyScenario(() => server, run);

        test("polling is a scenario of its own by name", { timeout }, async () => {
            const json = await run("--scenario", "polling", "--clients", "2", "--count", "20");
            assert.equal(json.transport, "polling");
            assert.equal(json.scenario, "echo");
        });

        test("who never reads holds nobody up", { timeout }, async () => {
            const json = await run("--scenario", "broadcast", "--clients", "6", "--slow", "2", "--payload", "1000", "--count", "400");
            assert.ok(json.operations >= 400);
        });

        test("clients join in steps, each measured", { timeout }, async () => {
            for (const scenario of ["echo", "broadcast", "rooms"]) {
                const json = await run("--scenario", scenario, "--clients", "9", "--room-size", "2", "--steps", "3", "--seconds", "0.2");
                assert.deepEqual(json.steps.map((step) => step.joined), [3, 6, 9]);
                assert.equal(json.operations, json.steps.reduce((sum, step) => sum + step.operations, 0));
                assert.equal(json.latencyMicroseconds.count, json.operations);
                for (const step of json.steps) assert.ok(step.operations > 0, scenario);
            }
        });

        test("they join over a while", { timeout }, async () => {
            const json = await run("--clients", "5", "--ramp", "0.5", "--count", "1");
            assert.ok(json.joinSeconds >= 0.4, `${json.joinSeconds}`);
        });

        test("no more events than asked for", { timeout }, async () => {
            for (const scenario of ["echo", "broadcast", "rooms"]) {
                const json = await run("--scenario", scenario, "--clients", "4", "--room-size", "2", "--rate", "200", "--seconds", "0.5");
                const each = { echo: 1, broadcast: 4, rooms: 2 }[scenario];
                assert.ok(json.operations > 0 && json.operations <= 101 * each, `${scenario}: ${json.operations}`);
            }
        });

        test("the report is for people", { timeout }, async () => {
            const { code, said } = await load("--url", server.url, "--clients", "4", "--steps", "2", "--seconds", "0.1", "--warmup", "0", "--table");
            assert.equal(code, 0);
            for (const line of [/^echo by websocket at http/, /^ {2}joined +4 in [\d.]+ s: p50 /m, /^ {2}measured +[\d ]+ acks in /m,
                /^ {2}latency +p50 .* p99\.9 .* max /m, /^ +clients +a second/m, /100\.00000 %/]) {
                assert.match(said, line);
            }
        });

        test("without an answer it says what is missing", { timeout }, async () => {
            for (const [args, word] of [[["--event", "unheard"], /no "unheard": it has to acknowledge it/],
                [["--scenario", "broadcast", "--event", "unheard"], /emit it, with its arguments, to everybody/],
                [["--scenario", "rooms", "--event", "unheard"], /to the room that the first of them names/]]) {
                const { code, said } = await load("--url", server.url, "--clients", "3", "--seconds", "0.1", "--warmup", "0", ...args);
                assert.equal(code, 1);
                assert.match(said, word);
            }
        });

        test("interrupted it tells what it has", { timeout }, async () => {
            for (const args of [["--seconds", "50"], ["--clients", "1000", "--ramp", "500"], ["--scenario", "churn", "--seconds", "50"],
                ["--scenario", "idle", "--seconds", "50"]]) {
                const before = server.seen?.connections;
                const { child, ended } = start("--url", server.url, "--warmup", "0", "--pid", `${process.pid}`, "--json", "-", ...args);
                await until(() => hasConnection(child.pid));
                if (server.seen) await until(() => server.seen.connections > before);
                child.kill("SIGINT");
                const { code, json } = await ended;
                assert.equal(code, 130);
                assert.equal(json.interrupted, true);
                assert.ok(json.connectMicroseconds.count < 1000);
            }
        });

        for (const [what, args, code, words] of [
            ["a wrong path", ["/wrong/", "--transport", "polling"], 3, /answers 404 Not Found: Socket\.IO is not at that path/],
            ["an unknown namespace", ["/", "--namespace", "/nope"], 3, /refuses namespace \/nope: Invalid namespace/],
            ["an unknown namespace by polling", ["/", "--namespace", "/nope", "--transport", "polling"], 3, /Invalid namespace/],
        ]) {
            test(what, { timeout }, async () => {
                const { code: got, complained } = await load("--url", server.url + args[0], "--clients", "3", ...args.slice(1));
                assert.equal(got, code);
                assert.match(complained, words);
            });
        }
    });
}

describe("what npm's server sees", { timeout: 300_000 }, () => {
    let server;
    before(async () => { server = await npmServer(); });
    after(async () => { await server.kill(); });
    const run = (...args) => measured("--url", server.url, "--clients", "2", "--seconds", "50", "--count", "10", ...args);

    test("namespace, auth, query and headers", { timeout }, async () => {
        await run("--namespace", "other", "--auth", '{"token": "t-1"}', "--query", "a=b&c=d", "--header", "X-Mine: yes", "--header", "Cookie: x=y");
        const { auth, query, headers } = server.seen.handshake;
        assert.deepEqual(auth, { token: "t-1" });
        assert.equal(query.a + query.c, "bd");
        assert.equal(headers["x-mine"], "yes");
        assert.equal(headers.cookie, "x=y");
        assert.match(headers["user-agent"], /^hubbub-load\/\d/);
    });

    test("the text is as long as it was to be", { timeout }, async () => {
        for (const payload of [0, 1000, 70_000]) {
            server.seen.lengths.clear();
            await run("--payload", `${payload}`);
            assert.deepEqual([...server.seen.lengths], [payload]);
        }
    });

    test("arguments of one's own", { timeout }, async () => {
        await run("--arguments", '[{"room": "x"}, 7, null]');
        assert.deepEqual(server.seen.arguments, [{ room: "x" }, 7, null]);
        await run("--arguments", "[]");
        assert.deepEqual(server.seen.arguments, []);
    });

    test("who leaves says so", { timeout }, async () => {
        const reasons = new Set();
        const note = (socket) => socket.on("disconnect", (reason) => reasons.add(reason));
        server.io.on("connection", note);
        await run("--scenario", "churn", "--stay", "0.05");
        server.io.off("connection", note);
        assert.ok(reasons.has("client namespace disconnect"), [...reasons].join());
    });
});

describe("what goes wrong", { timeout: 300_000 }, () => {
    let server;
    before(async () => { server = await npmServer(); });
    after(async () => { await server.kill(); });

    test("some are refused: the others are measured, and it says how many", { timeout }, async () => {
        const { code, said } = await load("--url", server.url, "--namespace", "/half", "--clients", "10", "--seconds", "50", "--count", "100");
        assert.equal(code, 1);
        assert.match(said, /joined +5 /);
        assert.match(said, /lost +5 clients: the server refuses namespace \/half: every second one/);
    });

    test("all are put out", { timeout }, async () => {
        const { code, said } = await load("--url", server.url, "--namespace", "/brief", "--clients", "3", "--seconds", "50");
        assert.equal(code, 1);
        assert.match(said, /lost +3 clients: the server ended the namespace \/brief/);
    });

    test("the server dies", { timeout }, async () => {
        for (const scenario of ["echo", "broadcast", "rooms", "polling"]) {
            const mortal = await npmServer();
            const { ended } = start("--url", mortal.url, "--scenario", scenario, "--clients", "4", "--warmup", "0", "--seconds", "50", "--json", "-");
            await until(() => mortal.seen.messages > 20);
            mortal.die();
            const { code, json, complained } = await ended;
            assert.equal(code, 1, complained);
            assert.equal(json.lostClients, 4);
            assert.equal(json.steps.length, 1);
            assert.match(complained, /the server (closed|reset) the connection|nothing listens there/);
        }
    });

    test("nothing listens", { timeout }, async () => {
        const gone = await startProgram(benchServer, "0");
        await gone.kill();
        for (const transport of ["websocket", "polling"]) {
            const { code, said, complained } = await load("--url", gone.url, "--transport", transport);
            assert.equal(code, 3);
            assert.equal(said, "");
            assert.match(complained, /connection refused: nothing listens there/);
        }
    });

    test("what listens never answers", { timeout }, async () => {
        const sockets = [];
        const mute = createTcpServer((socket) => { sockets.push(socket.on("error", () => {})); });
        await new Promise((resolve) => mute.listen(0, "127.0.0.1", resolve));
        const { code, complained } = await load("--url", `http://127.0.0.1:${mute.address().port}`, "--clients", "3", "--timeout", "0.5");
        assert.equal(code, 3);
        assert.match(complained, /lost +3 clients: no answer in all the time of --timeout/);
        sockets.forEach((socket) => socket.destroy());
        mute.close();
    });

    test("there is no such host", { timeout }, async () => {
        const { code, complained } = await load("--url", "http://nowhere.invalid");
        assert.equal(code, 3);
        assert.match(complained, /there is no host "nowhere\.invalid"/);
    });

    test("a web server that is none of Socket.IO's", { timeout }, async () => {
        const web = createServer((request, response) => response.end("hello"));
        web.on("upgrade", (request, socket) => socket.on("error", () => {}).end("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
        await new Promise((resolve) => web.listen(0, "127.0.0.1", resolve));
        const url = `http://127.0.0.1:${web.address().port}`;
        for (const [transport, word] of [["websocket", /answers 200 OK: Socket\.IO is not at that path/], ["polling", /not as Engine\.IO does/]]) {
            const { code, complained } = await load("--url", url, "--transport", transport);
            assert.equal(code, 3);
            assert.match(complained, word);
        }
        web.closeAllConnections?.();
        web.close();
    });

    test("what listens speaks no HTTP, or hangs up", { timeout }, async () => {
        for (const [greeting, word] of [["SSH-2.0-x\r\n", /does not speak HTTP/], [null, /it speaks TLS \(try https:\/\/\), or has no Socket\.IO at that path/]]) {
            const other = createTcpServer((socket) => {
                socket.on("error", () => {});
                socket.once("data", () => (greeting ? socket.write(greeting) : socket.end()));
            });
            await new Promise((resolve) => other.listen(0, "127.0.0.1", resolve));
            const { code, complained } = await load("--url", `http://127.0.0.1:${other.address().port}`, "--clients", "2");
            assert.equal(code, 3);
            assert.match(complained, word);
            other.close();
        }
    });

    test("another parser, and a server of another path", { timeout }, async () => {
        const packed = await npmServer({ parser: msgpack });
        for (const transport of ["websocket", "polling"]) {
            const { code, complained } = await load("--url", packed.url, "--transport", transport);
            assert.equal(code, 3);
            assert.match(complained, /another parser, such as MessagePack/);
        }
        await packed.kill();
        const elsewhere = await npmServer({ path: "/deep/er" });
        await measured("--url", `${elsewhere.url}/deep/er`, "--clients", "2", "--seconds", "50", "--count", "10");
        await elsewhere.kill();
    });

    test("a transport the server does not speak, an upgrade it does not offer", { timeout }, async () => {
        const plain = await npmServer({ transports: ["polling"] });
        for (const [transport, word] of [["websocket", /this --transport|no Socket\.IO at that path/], ["upgrade", /offers no upgrade to WebSocket/]]) {
            const { code, complained } = await load("--url", plain.url, "--transport", transport, "--clients", "2");
            assert.equal(code, 3);
            assert.match(complained, word);
        }
        await plain.kill();
    });

    test("too few open files", { timeout }, async () => {
        const child = spawn("sh", ["-c", `ulimit -n 64 && exec "$0" "$@"`, program, "--url", server.url, "--clients", "100"], { stdio: ["ignore", "pipe", "pipe"] });
        let complained = "";
        child.stderr.on("data", (data) => { complained += data; });
        const code = await new Promise((resolve) => child.once("close", resolve));
        assert.equal(code, 3);
        assert.match(complained, /100 clients need 116 open files, and this process may have 64: raise the limit with "ulimit -Hn"/);
    });

    test("the result cannot be written", { timeout }, async () => {
        const child = start("--url", server.url, "--clients", "1", "--seconds", "0", "--warmup", "0", "--json", join(folder, "no/such/file"));
        child.ended.catch(() => {});
        const code = await new Promise((resolve) => child.child.once("exit", resolve));
        assert.equal(code, 1);
    });

    test("the result as a file", { timeout }, async () => {
        const file = join(folder, "result.json");
        const { code, json, said } = await load("--url", server.url, "--clients", "2", "--seconds", "50", "--count", "10", "--json", file);
        assert.equal(code, 0);
        assert.ok(json.operations >= 10);
        assert.match(said, /^echo by websocket/);
    });
});
