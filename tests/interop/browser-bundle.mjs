// SPDX-License-Identifier: MIT
// The client library that hubbub-server hands out, run as it came: node run.mjs browser-bundle.mjs PATH-OF-HUBBUB-SERVER
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { runInThisContext } from "node:vm";
import { WebSocket } from "ws";
import { once, startProgram } from "./program.mjs";

const program = process.argv[2];
const noBrowser = spawnSync("chromium", ["--version"]).error && "chromium is not installed";

const guestToken = async (server) => {
    const answer = await fetch(`${server}/guest/token`, { method: "POST",
        headers: { "Content-Type": "application/json" }, body: JSON.stringify({ name: "Noor" }) });
    return (await answer.json()).token;
};
const use = (server, token) => `
    const socket = io("${server}/chat", { auth: { token: "${token}" } });
    socket.on("authenticated", async (welcome) => {
        const joined = await socket.emitWithAck("join-room", { roomId: "lobby" });
        await fetch("/said", { method: "POST", body: JSON.stringify({ welcome, joined }) });
    });`;
const page = (server, token, name) => `<!DOCTYPE html><title>test</title>
    <script src="${server}/socket.io/${name}"></script>
    <script type="module">${use(server, token)}</script>`;

describe("the files, in Node", { timeout: 60_000 }, () => {
    let server;

    before(async () => {
        globalThis.WebSocket = WebSocket; // a browser has its own
        server = await startProgram(program, "--port", "0", "--guests");
    });
    after(() => server.stop());

    const loadScript = (text) => { runInThisContext(text); return globalThis.io; };
    const loadModule = async (text) =>
        (await import(`data:text/javascript;base64,${Buffer.from(text).toString("base64")}`)).io;
    for (const [name, load] of [["socket.io.js", loadScript], ["socket.io.min.js", loadScript],
        ["socket.io.esm.min.js", loadModule]]) {
        test(name, async () => {
            delete globalThis.io;
            const io = await load(await (await fetch(`${server.url}/socket.io/${name}`)).text());
            const token = await guestToken(server.url);
            const socket = io(`${server.url}/chat`, { auth: { token }, transports: ["websocket"], forceNew: true });
            try {
                const [welcome] = await once(socket, "authenticated");
                assert.equal(welcome.username, "Noor");
                assert.deepEqual(await socket.emitWithAck("join-room", { roomId: "lobby" }),
                    { success: true, roomId: "lobby" });
            } finally {
                socket.disconnect();
            }
        });
    }
});

describe("a page that loads the client library from the server", { timeout: 120_000 }, () => {
    let server;
    let pages;
    let origin;
    let said;

    before(async () => {
        pages = createServer(async (request, response) => {
            const name = request.url.slice(1);
            if (request.method === "POST") {
                let body = "";
                request.on("data", (part) => { body += part; });
                request.on("end", () => { response.end(); said(JSON.parse(body)); });
            } else {
                response.setHeader("Content-Type", "text/html; charset=utf-8");
                response.end(page(server.url, await guestToken(server.url), name));
            }
        });
        await new Promise((resolve) => pages.listen(0, "127.0.0.1", resolve));
        origin = `http://127.0.0.1:${pages.address().port}`;
        server = await startProgram(program, "--port", "0", "--guests", "--allow-origin", origin);
    });
    after(async () => {
        pages.closeAllConnections();
        pages.close();
        await server.stop();
    });

    // An ES module from another origin needs CORS, which files do not get: only the server's own pages import it.
    for (const name of ["socket.io.js", "socket.io.min.js"]) {
        test(name, { skip: noBrowser }, async () => {
            const answer = new Promise((resolve) => { said = resolve; });
            const home = mkdtempSync(join(tmpdir(), "hubbub-browser-"));
            const browser = spawn("chromium", ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
                "--disable-dev-shm-usage", "--disable-background-networking", "--disable-component-update", "--disable-sync",
                `--user-data-dir=${home}`, "--remote-debugging-port=0", `${origin}/${name}`],
            { stdio: "ignore", detached: true });
            const gone = new Promise((resolve, reject) => {
                browser.once("exit", resolve);
                browser.once("error", reject);
            });
            try {
                const first = await Promise.race([answer, gone.then((code) => { throw new Error(`ended with ${code}`); })]);
                assert.equal(first.welcome.username, "Noor");
                assert.deepEqual(first.joined, { success: true, roomId: "lobby" });
            } finally {
                // With all its helpers, which otherwise write into their folder a little longer.
                if (browser.pid) process.kill(-browser.pid, "SIGKILL");
                await gone.catch(() => {});
                rmSync(home, { recursive: true, force: true, maxRetries: 20 });
            }
        });
    }
});
