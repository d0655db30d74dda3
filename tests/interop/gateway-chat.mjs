// SPDX-License-Identifier: MIT
// socket.io-client of npm as a chat client of hubbub-server: node run.mjs gateway-chat.mjs PATH-OF-HUBBUB-SERVER
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { io } from "socket.io-client";
import { once, startProgram } from "./program.mjs";

const program = process.argv[2];
const timeout = 15_000;
const roomId = "lobby";

for (const [way, options] of [
    ["polling, then upgraded", {}],
    ["WebSocket only", { transports: ["websocket"] }],
    ["polling only", { transports: ["polling"] }],
]) {
    describe(way, { timeout: 60_000 }, () => {
        let server;
        const sockets = [];

        const guest = async (name) => {
            const response = await fetch(`${server.url}/guest/token`, {
                method: "POST",
                headers: { "Content-Type": "application/json" },
                body: JSON.stringify({ name }),
            });
            assert.equal(response.status, 200);
            return response.json();
        };
        const connect = (auth) => {
            const socket = io(`${server.url}/chat`, { forceNew: true, reconnection: false, auth, ...options });
            sockets.push(socket);
            return socket;
        };
        const enter = async (name) => {
            const { token, userId } = await guest(name);
            const socket = connect({ token });
            const [welcome] = await once(socket, "authenticated");
            // Whoever comes second by a name gets a number behind it.
            assert.match(welcome.username, new RegExp(`^${name}( \\(\\d+\\))?$`));
            const person = { userId, username: welcome.username, guest: true };
            assert.deepEqual(welcome, {
                ...person,
                features: ["client-message-id", "rooms", "presence", "history-paging", "guest-mark", "token-refresh"],
            });
            const history = once(socket, "room-history");
            assert.deepEqual(await socket.emitWithAck("join-room", { roomId }), { success: true, roomId });
            return { socket, person, history: (await history)[0] };
        };

        before(async () => {
            // One test says 500 things at once, which is more than the chat takes from a person.
            server = await startProgram(program, "--port", "0", "--guests", "--events-per-connection", "0", "--events-per-user", "0");
        });
        after(async () => {
            sockets.forEach((socket) => socket.disconnect());
            await server.stop();
        });

        test("without a token there is an error, then the end", { timeout }, async () => {
            for (const [auth, message] of [[{}, "Authentication required"], [{ token: "x.y.z" }, "Invalid token"]]) {
                const socket = connect(auth);
                const gone = once(socket, "disconnect");
                assert.deepEqual(await once(socket, "error"), [{ message }]);
                assert.equal((await gone)[0], "io server disconnect");
            }
        });

        test("two people talk", { timeout }, async () => {
            const noor = await enter("Noor");
            const joined = once(noor.socket, "user-joined");
            const elif = await enter("Elif");
            assert.deepEqual(await joined, [{ ...elif.person, roomId }]);

            const typing = once(elif.socket, "user-typing");
            noor.socket.emit("start-typing", { roomId });
            assert.deepEqual(await typing, [{ ...noor.person, roomId }]);

            const heard = once(elif.socket, "new-message");
            const stopped = once(elif.socket, "user-stop-typing");
            const answer = await noor.socket.emitWithAck("send-message", { roomId, message: "<b>Hi</b> ä€😀" });
            const [message] = await heard;
            assert.deepEqual(answer, { success: true, messageId: message.id });
            assert.equal(new Date(message.timestamp).toISOString(), message.timestamp);
            assert.deepEqual(message, {
                id: message.id, roomId, ...noor.person, content: "<b>Hi</b> ä€😀",
                timestamp: message.timestamp,
            });
            assert.deepEqual(await stopped, [{ ...noor.person, roomId }]);

            const left = once(noor.socket, "user-left");
            assert.deepEqual(await elif.socket.emitWithAck("leave-room", { roomId }), { success: true });
            assert.deepEqual(await left, [{ ...elif.person, roomId }]);

            const late = await enter("Tomás");
            assert.deepEqual(late.history.messages.at(-1), message);
            const away = once(late.socket, "presence");
            noor.socket.disconnect();
            assert.deepEqual(await away, [{ ...noor.person, presence: "offline" }]);
            late.socket.disconnect();
        });

        test("what is sent again is said once", { timeout }, async () => {
            const noor = await enter("Noor");
            const said = [];
            noor.socket.on("new-message", (message) => said.push(message.clientMessageId));
            const payload = { roomId, message: "once", clientMessageId: `${way}-1` };
            const first = await noor.socket.emitWithAck("send-message", payload);
            assert.deepEqual(await noor.socket.emitWithAck("send-message", payload), first);
            await noor.socket.emitWithAck("stop-typing", { roomId });
            assert.deepEqual(said, [payload.clientMessageId]);
        });

        test("many at once keep their order", { timeout }, async () => {
            const noor = await enter("Noor");
            const elif = await enter("Elif");
            const heard = [];
            const all = new Promise((done) => elif.socket.on("new-message", ({ content }) => heard.push(content) === 500 && done()));
            const answers = [];
            for (let i = 0; i < 500; i++) answers.push(noor.socket.emitWithAck("send-message", { roomId, message: `${i}` }));
            const ids = (await Promise.all(answers)).map((answer) => answer.messageId);
            await all;
            assert.deepEqual(heard, Array.from({ length: 500 }, (_, i) => `${i}`));
            assert.deepEqual([...ids].sort(), ids);
            const page = await elif.socket.emitWithAck("load-history", { roomId, before: ids[450], limit: 100 });
            assert.deepEqual(page.messages.map(({ content }) => content), heard.slice(350, 450));
            assert.equal(page.hasMore, true);
        });

        test("what fails says why", { timeout }, async () => {
            const noor = await enter("Noor");
            for (const [event, payload, code] of [
                ["send-message", { roomId: "elsewhere", message: "x" }, "not-in-room"],
                ["send-message", { roomId, message: "" }, "invalid-payload"],
                ["join-room", null, "invalid-payload"],
                ["join-room", { roomId: { $ne: null } }, "invalid-payload"],
            ]) {
                const answer = await noor.socket.emitWithAck(event, payload);
                assert.equal(answer.success, false);
                assert.equal(answer.error.code, code);
                assert.match(answer.error.message, /\.$/);
            }
        });

        test("rooms and members can be listed", { timeout }, async () => {
            const noor = await enter("Noor");
            const { rooms } = await noor.socket.emitWithAck("list-rooms", {});
            const lobby = rooms.find((room) => room.roomId === roomId);
            assert.ok(lobby.members >= 1 && lobby.online >= 1);
            assert.ok(lobby.lastMessage.content);
            const { members } = await noor.socket.emitWithAck("room-members", { roomId });
            assert.deepEqual(members.find(({ userId }) => userId === noor.person.userId),
                { ...noor.person, presence: "online" });
            const news = new Promise((resolve) => noor.socket.on("room-updated", (room) => room.roomId !== roomId && resolve(room)));
            await noor.socket.emitWithAck("join-room", { roomId: `garden of ${way}` });
            assert.deepEqual(await news, { roomId: `garden of ${way}`, title: `garden of ${way}`, members: 1, online: 1 });
        });
    });
}
