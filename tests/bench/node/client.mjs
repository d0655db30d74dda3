// SPDX-License-Identifier: MIT
// What bench-client does, on socket.io-client: node client.mjs [--round-trips SECONDS [--in-flight N] |
// --sockets N | --offline N] URL.
import { createRequire } from "node:module";
import { parseArgs } from "node:util";

const require = createRequire(new URL("../../interop/package.json", import.meta.url));
const { io } = require("socket.io-client");

const text = "x".repeat(64);
const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
        "round-trips": { type: "string" },
        "in-flight": { type: "string", default: "1" },
        sockets: { type: "string" },
        offline: { type: "string" },
    },
});

function open(options = {}) {
    const socket = io(positionals[0], { transports: ["websocket"], reconnection: false, forceNew: true, ...options });
    socket.on("connect_error", (error) => {
        console.error(error.message);
        process.exit(1);
    });
    return socket;
}

function processorMicroseconds(since) {
    const { user, system } = process.cpuUsage(since);
    return user + system;
}

function end(result, good = true) {
    console.log(JSON.stringify(result));
    process.exit(good ? 0 : 1);
}

function receiveEvents() {
    const socket = open();
    let events = 0;
    let bytes = 0;
    let began;
    let processor;
    socket.on("connect", () => socket.emit("start"));
    socket.on("new-message", (message) => {
        if (events++ === 0) {
            began = process.hrtime.bigint();
            processor = process.cpuUsage();
        }
        bytes += message.content?.length ?? 0;
    });
    socket.on("done", () => {
        const seconds = Number(process.hrtime.bigint() - began) / 1e9;
        const each = (processorMicroseconds(processor) / events).toFixed(2);
        console.log(`${events} events ${(events / seconds).toFixed(0)}/s cpu/event ${each}us`);
        process.exit(bytes > 0 ? 0 : 1);
    });
}

function measureRoundTrips() {
    const socket = open();
    const seconds = Number(values["round-trips"]);
    socket.on("connect", () => {
        const began = performance.now();
        const processor = process.cpuUsage();
        let done = 0;
        const next = () =>
            socket.emit("echo", text, (answer) => {
                if (answer !== text) process.exit(1);
                ++done;
                const passed = (performance.now() - began) / 1e3;
                if (passed < seconds) next();
                else
                    end({
                        roundTrips: done,
                        perSecond: done / passed,
                        microsecondsPerRoundTrip: processorMicroseconds(processor) / done,
                    });
            });
        for (let i = 0; i < Number(values["in-flight"]); ++i) next();
    });
}

function holdSockets() {
    const count = Number(values.sockets);
    const before = process.memoryUsage.rss();
    const sockets = [];
    const connectNext = () => {
        const socket = open();
        sockets.push(socket);
        socket.on("connect", () => {
            if (sockets.length < count) setTimeout(connectNext, 0);
            else
                setTimeout(() => {
                    const resident = process.memoryUsage.rss();
                    end({
                        sockets: sockets.filter((each) => each.connected).length,
                        residentKib: resident / 1024,
                        kibPerSocket: (resident - before) / 1024 / count,
                    });
                }, 1000);
        });
    };
    connectNext();
}

function emitOffline() {
    const count = Number(values.offline);
    const socket = open({ autoConnect: false });
    const processor = process.cpuUsage();
    for (let i = 0; i < count; ++i) socket.emit("bcast", i, text);
    const enqueueMilliseconds = processorMicroseconds(processor) / 1e3;

    let lastTurn;
    let longestTurnMilliseconds = 0;
    const turn = () => {
        longestTurnMilliseconds = Math.max(longestTurnMilliseconds, processorMicroseconds(lastTurn) / 1e3);
        lastTurn = process.cpuUsage();
        setImmediate(turn);
    };
    socket.io.on("open", () => {
        lastTurn = process.cpuUsage();
        setImmediate(turn);
    });

    let next = 0;
    let inOrder = true;
    socket.on("bcast", (number) => {
        inOrder &&= number === next;
        if (++next === count) end({ events: count, inOrder, enqueueMilliseconds, longestTurnMilliseconds }, inOrder);
    });
    socket.connect();
}

if (values["round-trips"]) measureRoundTrips();
else if (values.sockets) holdSockets();
else if (values.offline) emitOffline();
else receiveEvents();
