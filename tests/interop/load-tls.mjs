// SPDX-License-Identifier: MIT
// hubbub-load over TLS, against our servers and npm's:
// node run.mjs load-tls.mjs PATH-OF-HUBBUB-LOAD PATH-OF-BENCH-SERVER PATH-OF-HUBBUB-SERVER
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { createServer as createTcpServer } from "node:net";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { createServer as createTlsServer } from "node:tls";
import { benchServer, everyScenario, folder, load, measured, npmServer, start, timeout, until } from "./load-run.mjs";
import { startProgram } from "./program.mjs";

const hubbubServer = process.argv[4];
const transports = ["websocket", "polling", "upgrade"];
const newKey = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];
const openssl = (...args) => execFileSync("openssl", args, { stdio: "ignore" });

/** An authority: its file, and certificates from it: {key, certificate, both} are files, `node` is what Node's servers take. */
function authority(name) {
    const file = join(folder, `${name}.pem`);
    const keyFile = join(folder, `${name}.key`);
    openssl("req", "-x509", ...newKey, "-days", "2", "-subj", `/CN=${name}`, "-keyout", keyFile, "-out", file);
    const certificate = (label, names, days = "2") => {
        const [key, request, extensions, cert, both] =
            ["key", "request", "extensions", "certificate", "both"].map((kind) => join(folder, `${name}-${label}.${kind}`));
        writeFileSync(extensions, `subjectAltName=${names}`);
        openssl("req", ...newKey, "-subj", "/CN=server", "-keyout", key, "-out", request);
        openssl("x509", "-req", "-in", request, "-CA", file, "-CAkey", keyFile, "-days", days, "-extfile", extensions, "-out", cert);
        writeFileSync(both, readFileSync(key, "utf8") + readFileSync(cert, "utf8"));
        return { key, certificate: cert, both, node: { key: readFileSync(key), cert: readFileSync(cert) } };
    };
    return { file, certificate };
}

const ours = authority("ours");
const good = ours.certificate("good", "DNS:localhost,IP:127.0.0.1");

const servers = [["our server", () => startProgram(benchServer, "0", "--tls", good.both)], ["npm's socket.io", () => npmServer({}, good.node)]];
for (const [name, startServer] of servers) {
    describe(`${name} over TLS`, { timeout: 300_000 }, () => {
        let server;
        before(async () => { server = await startServer(); });
        after(async () => { await server.kill(); });
        const run = (...args) => measured("--url", server.url, "--ca", ours.file, "--seconds", "50", "--warmup", "0", ...args);

        everyScenario(() => server, run);

        test("by name, and as wss", { timeout }, async () => {
            const url = server.url.replace("127.0.0.1", "localhost").replace("https:", "wss:");
            const json = await run("--url", url, "--clients", "2", "--count", "20");
            assert.equal(json.url, url);
            assert.equal(json.insecure, false);
        });

        // More than a record of TLS, than one read and than the kernel keeps.
        for (const [transport, inFlight] of [["websocket", "8"], ["polling", "1"], ["upgrade", "8"]]) {
            test(`large events by ${transport}`, { timeout }, async () => {
                const json = await run("--transport", transport, "--clients", "3", "--payload", "700000", "--in-flight", inFlight, "--count", "60");
                assert.ok(json.operations >= 60);
            });
        }

        test("who never reads holds nobody up", { timeout }, async () => {
            const json = await run("--scenario", "broadcast", "--clients", "6", "--slow", "2", "--payload", "1000", "--count", "400");
            assert.ok(json.operations >= 400);
        });
    });
}

describe("hubbub-server over TLS", { timeout: 300_000 }, () => {
    let server;
    let where;
    before(async () => {
        const data = join(folder, "data");
        const token = execFileSync(hubbubServer, ["--data", data, "--issue-token", "load"], { encoding: "utf8" }).trim();
        server = await startProgram(hubbubServer, "--port", "0", "--data", data, "--tls-certificate", good.certificate, "--tls-key", good.key);
        where = ["--url", server.url, "--ca", ours.file, "--namespace", "/chat", "--auth", JSON.stringify({ token })];
    });
    after(async () => { await server.stop(); });

    for (const transport of transports) {
        test(`the chat by ${transport}`, { timeout }, async () => {
            const run = (...args) => measured(...where, "--transport", transport, "--clients", "3", "--seconds", "50", "--warmup", "0", ...args);
            for (const scenario of ["connect", "churn"]) {
                assert.ok((await run("--scenario", scenario, "--stay", "0.05", "--count", "6")).operations >= 6);
            }
            assert.ok((await run("--event", "list-rooms", "--arguments", "[{}]", "--count", "9")).operations >= 9);
            assert.equal((await run("--scenario", "idle", "--seconds", "0.1")).joined, 3);
        });
    }
});

describe("what is wrong with the server", { timeout: 300_000 }, () => {
    const theirs = authority("theirs");
    const selfSigned = join(folder, "self.pem");
    const selfSignedKey = join(folder, "self.key");
    openssl("req", "-x509", ...newKey, "-days", "2", "-subj", "/CN=self", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", selfSignedKey, "-out", selfSigned);
    const self = { key: readFileSync(selfSignedKey), cert: readFileSync(selfSigned) };
    const elsewhere = ours.certificate("elsewhere", "DNS:elsewhere.example,IP:192.0.2.1").node;
    const expired = ours.certificate("expired", "DNS:localhost,IP:127.0.0.1", "-1").node;
    const notThePrograms = join(folder, "no.pem");
    writeFileSync(notThePrograms, "nothing");
    const byOurs = ["--ca", ours.file];

    for (const [what, tls, host, args, words] of [
        ["no authority that the machine trusts", good.node, "127.0.0.1", [], /is not trusted: no authority that this machine trusts vouches for it; name yours with --ca FILE/],
        ["another authority", good.node, "127.0.0.1", ["--ca", theirs.file], /is not trusted: no authority in .*theirs\.pem vouches for it/],
        ["a certificate that nobody vouches for", self, "127.0.0.1", byOurs, /is not trusted: no authority in /],
        ["another address", elsewhere, "127.0.0.1", byOurs, /the certificate of https:\S+ is not for 127\.0\.0\.1/],
        ["another name", elsewhere, "localhost", byOurs, /the certificate of https:\S+ is not for localhost/],
        ["an expired certificate", expired, "127.0.0.1", byOurs, /the certificate of https:\S+ expired on 20\d\d-\d\d-\d\d \d\d:\d\d UTC/],
    ]) {
        test(what, { timeout }, async () => {
            const server = await npmServer({}, tls);
            const url = server.url.replace("127.0.0.1", host);
            for (const transport of transports) {
                const { code, said, complained } = await load("--url", url, "--transport", transport, "--clients", "2", ...args);
                assert.equal(code, 3, complained);
                assert.equal(said, "");
                assert.match(complained, words);
                assert.doesNotMatch(complained, /INSECURE/);
            }
            assert.equal(server.seen.connections, 0);
            const insecure = ["--url", url, "--insecure", "--clients", "2", "--seconds", "50", "--warmup", "0", "--count", "20"];
            const { code, said, complained } = await load(...insecure);
            assert.equal(code, 0, complained);
            assert.match(complained, /^hubbub-load: INSECURE: --insecure does not check the server's certificate/);
            assert.match(said, /^ {2}INSECURE +nobody checked who answers: --insecure$/m);
            assert.equal((await measured(...insecure)).insecure, true);
            await server.kill();
        });
    }

    test("authorities that cannot be read", { timeout }, async () => {
        for (const file of [notThePrograms, join(folder, "is-not-there.pem")]) {
            const { code, complained } = await load("--url", "https://127.0.0.1:1", "--ca", file);
            assert.equal(code, 3);
            assert.match(complained, /--ca \S+ cannot be read, or holds no certificate as PEM/);
        }
    });

    test("https where there is no TLS", { timeout }, async () => {
        for (const server of [await startProgram(benchServer, "0"), await npmServer()]) {
            const url = server.url.replace("http:", "https:");
            for (const transport of transports) {
                const { code, complained } = await load("--url", url, "--transport", transport, "--clients", "2", ...byOurs);
                assert.equal(code, 3);
                assert.match(complained, /does not speak TLS: it may be an http:\/\/ address|closed the connection instead of agreeing on TLS/);
            }
            await server.kill();
        }
    });

    test("http where there is TLS", { timeout }, async () => {
        for (const startServer of servers.map(([, one]) => one)) {
            const server = await startServer();
            const url = server.url.replace("https:", "http:");
            for (const transport of transports) {
                const { code, complained } = await load("--url", url, "--transport", transport, "--clients", "2");
                assert.equal(code, 3);
                assert.match(complained, /it speaks TLS \(try https:\/\/\)|the server reset the connection/);
            }
            await server.kill();
        }
    });

    for (const [what, behave, words] of [
        ["it hangs up", (socket) => socket.once("data", () => socket.end()), /closed the connection instead of agreeing on TLS/],
        ["it resets", (socket) => socket.once("data", () => socket.resetAndDestroy()), /the server reset the connection/],
        ["it talks of something else", (socket) => socket.end("SSH-2.0-x\r\n"), /does not speak TLS: it may be an http:\/\/ address/],
        ["it never answers", () => {}, /lost +2 clients: no answer in all the time of --timeout/],
    ]) {
        test(what, { timeout }, async () => {
            const sockets = [];
            const other = createTcpServer((socket) => {
                sockets.push(socket.on("error", () => {}));
                behave(socket);
            });
            await new Promise((resolve) => other.listen(0, "127.0.0.1", resolve));
            const { code, complained } = await load("--url", `https://127.0.0.1:${other.address().port}`, "--clients", "2", "--timeout", "0.5");
            assert.equal(code, 3);
            assert.match(complained, words);
            sockets.forEach((socket) => socket.destroy());
            other.close();
        });
    }

    test("its TLS is too old", { timeout }, async () => {
        const old = createTlsServer({ ...good.node, minVersion: "TLSv1", maxVersion: "TLSv1.1", ciphers: "ALL:@SECLEVEL=0" });
        old.on("tlsClientError", () => {});
        await new Promise((resolve) => old.listen(0, "127.0.0.1", resolve));
        const { code, complained } = await load("--url", `https://127.0.0.1:${old.address().port}`, "--clients", "2", ...byOurs);
        assert.equal(code, 3);
        assert.match(complained, /does not agree on TLS: .*protocol version/);
        old.close();
    });

    test("it says no HTTP in its TLS", { timeout }, async () => {
        const other = createTlsServer(good.node, (socket) => socket.on("error", () => {}).once("data", () => socket.end("SSH-2.0-x\r\n")));
        await new Promise((resolve) => other.listen(0, "127.0.0.1", resolve));
        const { code, complained } = await load("--url", `https://127.0.0.1:${other.address().port}`, "--clients", "2", ...byOurs);
        assert.equal(code, 3);
        assert.match(complained, /does not speak HTTP/);
        other.close();
    });

    test("it dies", { timeout }, async () => {
        for (const scenario of ["echo", "broadcast", "rooms", "polling"]) {
            const mortal = await npmServer({}, good.node);
            const { ended } = start("--url", mortal.url, ...byOurs, "--scenario", scenario, "--clients", "4", "--warmup", "0", "--seconds", "50", "--json", "-");
            await until(() => mortal.seen.messages > 20);
            mortal.die();
            const { code, json, complained } = await ended;
            assert.equal(code, 1, complained);
            assert.equal(json.lostClients, 4);
            assert.match(complained, /the server (closed|reset) the connection|nothing listens there/);
        }
    });
});
