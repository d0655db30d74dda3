// SPDX-License-Identifier: MIT
// socket.io-client of npm over TLS with hubbub-server, before and after its certificate is renewed:
// node run.mjs tls.mjs PATH-OF-HUBBUB-SERVER
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { connect as tlsConnect } from "node:tls";
import { io } from "socket.io-client";
import { once, startProgram } from "./program.mjs";

const program = process.argv[2];
const folder = mkdtempSync(join(tmpdir(), "hubbub-tls-"));
const certificate = join(folder, "certificate.pem");
const key = join(folder, "key.pem");

/** A new certificate for this machine in the two files, which it also is the authority of. */
function renew() {
    execFileSync("openssl", ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "90",
        "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
        "-keyout", `${key}.new`, "-out", `${certificate}.new`], { stdio: "ignore" });
    renameSync(`${key}.new`, key);
    renameSync(`${certificate}.new`, certificate);
    return readFileSync(certificate, "utf8");
}

describe("over TLS", { timeout: 60_000 }, () => {
    let server;
    let first;
    let token;

    before(async () => {
        first = renew();
        const data = join(folder, "data");
        token = execFileSync(program, ["--data", data, "--issue-token", "u1", "--name", "Noor"], { encoding: "utf8" }).trim();
        server = await startProgram(program, "--port", "0", "--data", data, "--tls-certificate", certificate, "--tls-key", key);
        assert.match(server.url, /^https:/);
    });
    after(async () => {
        await server.stop();
        rmSync(folder, { recursive: true });
    });

    const enter = async (ca, transports) => {
        const socket = io(`${server.url}/chat`, { ca, transports, auth: { token }, forceNew: true, reconnection: false });
        const outcome = await Promise.race([
            once(socket, "authenticated").then(([welcome]) => welcome.username),
            once(socket, "connect_error").then(([error]) => error),
        ]);
        return { socket, outcome };
    };
    const trusted = (ca) => new Promise((resolve) => {
        const socket = tlsConnect({ host: "127.0.0.1", port: server.port, ca });
        socket.once("secureConnect", () => { socket.destroy(); resolve(true); });
        socket.once("error", () => resolve(false));
    });

    for (const transports of [["polling"], ["websocket"], ["polling", "websocket"]]) {
        test(transports.join(", then "), async () => {
            const { socket, outcome } = await enter(first, transports);
            assert.equal(outcome, "Noor");
            socket.disconnect();
        });
    }

    test("a renewed certificate counts for new connections, and open ones stay", async () => {
        const { socket: stays, outcome } = await enter(first, ["websocket"]);
        assert.equal(outcome, "Noor");
        const second = renew();
        while (!(await trusted(second))) await new Promise((resolve) => setTimeout(resolve, 50));
        const { socket, outcome: after } = await enter(second, ["websocket"]);
        assert.equal(after, "Noor");
        assert.ok((await enter(first, ["websocket"])).outcome instanceof Error);
        assert.ok(stays.connected);
        assert.equal((await stays.emitWithAck("join-room", { roomId: "lobby" })).success, true);
        stays.disconnect();
        socket.disconnect();
    });
});
