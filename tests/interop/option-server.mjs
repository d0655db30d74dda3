// SPDX-License-Identifier: MIT
// npm's socket.io with one option that is not the default, or an older one: option-server.mjs PORT NAME.
// Prints "listening PORT"; ends with its standard input.
import { createServer } from "node:http";

const [port = "0", name] = process.argv.slice(2);
const options = {
    deflate: { perMessageDeflate: { threshold: 0 } },
    cookie: { cookie: true },
    path: { path: "/my/ws" },
    "no slash": { addTrailingSlash: false },
    polling: { transports: ["polling"] },
    websocket: { transports: ["websocket"] },
    compression: { httpCompression: { threshold: 0 } },
    "no upgrade": { allowUpgrades: false },
    small: { maxHttpBufferSize: 2000 },
    "version 2": {},
}[name];
const http = createServer((request, response) => response.end("<html>no Socket.IO here</html>"));
if (options) {
    const { Server } = await import(name === "version 2" ? "socket.io-2" : "socket.io")
        .then((it) => ({ Server: it.Server ?? it.default }));
    new Server(http, options).on("connection", (socket) => {
        socket.on("echo", (...args) => args.pop()(...args));
        socket.on("transport", (answer) => answer(socket.conn.transport.name));
    });
}
http.listen(Number(port), "127.0.0.1", () => console.log(`listening ${http.address().port}`));
process.stdin.resume();
process.stdin.on("end", () => process.exit(0));
