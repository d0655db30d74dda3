// SPDX-License-Identifier: MIT
// The npm server our client is tested against. Prints "listening PORT"; ends with its standard input.
// Arguments: [PORT] [pingInterval] [pingTimeout] [msgpack|recovery]; HUBBUB_TEST_PEER=socket.io-3 is that version.
import msgpack from "socket.io-msgpack-parser";

const { Server } = await import(process.env.HUBBUB_TEST_PEER ?? "socket.io");
const [port = "0", pingInterval = "25000", pingTimeout = "20000", parser] = process.argv.slice(2);
const io = new Server({
    pingInterval: Number(pingInterval),
    pingTimeout: Number(pingTimeout),
    connectTimeout: 2000,
    ...(parser === "msgpack" ? { parser: msgpack } : {}),
    ...(parser === "recovery" ? { connectionStateRecovery: {} } : {}),
});

io.on("connection", (socket) => {
    socket.emit("welcome", socket.id, socket.handshake.auth, socket.handshake.query, socket.handshake.headers["x-test"]);
    socket.on("echo", (...args) => args.pop()(...args));
    socket.on("echo-event", (...args) => socket.emit("echo-event", ...args));
    socket.on("types", (...args) => args.pop()(args.map((value) => Object.prototype.toString.call(value))));
    socket.on("silent", () => {});
    let asked = 0;
    socket.on("third-time", (text, done) => {
        if (++asked === 3) done(asked);
    });
    socket.on("say-all", (text, done) => {
        io.emit("said", text);
        done();
    });
    socket.on("ask", (question) => {
        socket.emit("question", question, (...answer) => socket.emit("answered", ...answer));
    });
    socket.on("join", (room, done) => {
        socket.join(room);
        done([...socket.rooms].includes(room));
    });
    socket.on("say", (room, text) => socket.to(room).emit("said", room, text));
    socket.on("order", (n) => socket.emit("ordered", n));
    socket.on("leave-me", () => socket.disconnect());
    socket.on("drop-me", () => socket.conn.close());
    socket.on("disconnect", (reason) => io.emit("gone", reason));
});

io.of("/second").on("connection", (socket) => {
    socket.on("echo", (...args) => args.pop()(...args));
});

// Takes a token once; the next CONNECT needs a newer one.
let newest = 0;
io.of("/guarded").use((socket, next) => {
    const match = /^token-(\d+)$/.exec(socket.handshake.auth.token ?? "");
    if (!match || Number(match[1]) <= newest) {
        const error = new Error("Invalid token");
        error.data = { newest };
        next(error);
        return;
    }
    newest = Number(match[1]);
    next();
});
io.of("/guarded").on("connection", (socket) => socket.on("who", (answer) => answer(socket.handshake.auth.token)));

// Never answers.
io.of("/mute").use(() => {});

io.listen(Number(port));
io.httpServer.on("listening", () => console.log(`listening ${io.httpServer.address().port}`));
process.stdin.resume();
process.stdin.on("end", () => process.exit(0));
