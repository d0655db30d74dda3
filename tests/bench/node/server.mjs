// SPDX-License-Identifier: MIT
// What bench-server does, on Node's socket.io with its defaults: node server.mjs PORT. `ws` takes bufferutil
// by itself where that is installed.
import { createServer } from "node:http";
import { createRequire } from "node:module";

const require = createRequire(new URL("../../interop/package.json", import.meta.url));
const { Server } = require("socket.io");

const http = createServer();
const io = new Server(http);
io.on("connection", (socket) => {
    socket.on("echo", (...args) => args.pop()(...args));
    socket.on("bcast", (...args) => io.emit("bcast", ...args));
    socket.on("join", (room, ack) => {
        socket.join(room);
        ack();
    });
    socket.on("say", (room, ...rest) => io.to(room).emit("say", room, ...rest));
});
http.listen(Number(process.argv[2] ?? 0), "127.0.0.1", () => {
    console.log(`listening on http://127.0.0.1:${http.address().port}`);
});
