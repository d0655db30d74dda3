// SPDX-License-Identifier: MIT
// What bench-client does, on socket.io-client: node client.mjs URL.
import { createRequire } from "node:module";

const require = createRequire(new URL("../../interop/package.json", import.meta.url));
const { io } = require("socket.io-client");

const socket = io(process.argv[2], { transports: ["websocket"], reconnection: false });
let events = 0;
let bytes = 0;
let began;
let processor;
socket.on("connect", () => socket.emit("start"));
socket.on("connect_error", (error) => {
    console.error(error.message);
    process.exit(1);
});
socket.on("new-message", (message) => {
    if (events++ === 0) {
        began = process.hrtime.bigint();
        processor = process.cpuUsage();
    }
    bytes += message.content?.length ?? 0;
});
socket.on("done", () => {
    const seconds = Number(process.hrtime.bigint() - began) / 1e9;
    const { user, system } = process.cpuUsage(processor);
    const rate = (events / seconds).toFixed(0);
    console.log(`${events} events ${rate}/s cpu/event ${((user + system) / events).toFixed(2)}us`);
    process.exit(bytes > 0 ? 0 : 1);
});
