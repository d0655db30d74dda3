// SPDX-License-Identifier: MIT
"use strict";

// The browser's side of docs/protocol.md: coming in, sending, and the events of the room.
const temporary = new Set(["busy", "storage-failed", "shutting-down", "not-in-room"]);

function randomId() {
  // Not crypto.randomUUID(): on plain http, which a LAN is, browsers do not have it.
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, "0")).join("");
}

/** Sends what waits, one after the other, so that the order is kept. Ends with the link, and goes on with the next. */
async function flush() {
  if (state.sending) return;
  state.sending = true;
  try {
    for (;;) {
      const entry = state.outbox.find((waiting) => !waiting.failed);
      if (!entry || !state.joined) return;
      const payload = { roomId: state.room, message: entry.message, clientMessageId: entry.clientMessageId };
      const answer = await state.socket.timeout(10000).emitWithAck("send-message", payload).catch(() => null);
      if (!state.outbox.includes(entry)) continue; // came back as a message meanwhile
      if (answer && answer.success) {
        acknowledged(entry, new Date().toISOString());
      } else if (answer && !temporary.has(answer.error.code)) {
        entry.failed = answer.error.message;
        showWaiting(entry);
      } else {
        await new Promise((done) => setTimeout(done, 2000)); // nobody answered, or not now
      }
    }
  } finally {
    state.sending = false;
  }
}

const composing = {
  started: 0,
  timer: 0,
  edit() {
    if (!state.joined) return;
    if (Date.now() - this.started > 3000) {
      this.started = Date.now();
      state.socket.volatile.emit("start-typing", { roomId: state.room });
    }
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.stop(), 5000);
  },
  stop() {
    clearTimeout(this.timer);
    if (this.started && state.joined) state.socket.volatile.emit("stop-typing", { roomId: state.room });
    this.started = 0;
  },
};

async function fetchToken(name, earlier) {
  const response = await fetch("/guest/token", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ name, token: earlier }),
  });
  const body = await response.json();
  if (!response.ok) throw new Error(body.error.message);
  return body.token;
}

async function enter(name) {
  if (!state.token) state.token = await fetchToken(name);
  sessionStorage.setItem("hubbub.token", state.token);
  localStorage.setItem("hubbub.name", name);
  state.name = name;
  $("join").hidden = true;
  $("chat").hidden = false;
  connect();
}

function showJoin(problem) {
  $("chat").hidden = true;
  $("join").hidden = false;
  $("name").value = state.name;
  $("join-error").textContent = problem || "";
  $("join-error").hidden = !problem;
  $("join-button").disabled = false;
}

function onHistory({ roomId, messages, hasMore }) {
  if (roomId !== state.room) return;
  if (state.oldest && messages.length && !messages.some(({ id }) => state.known.has(id))) {
    // So much was said meanwhile that there is a gap: begin anew, the rest is reached by scrolling back.
    $("messages").replaceChildren();
    state.known.clear();
    state.oldest = null;
    for (const entry of state.outbox) entry.row = null;
  }
  for (const message of messages) timeline.add(message);
  if (!state.oldest) {
    state.oldest = messages.length ? messages[0].id : null;
    $("older").hidden = !hasMore || !state.features.includes("history-paging");
  }
  for (const entry of state.outbox) showWaiting(entry);
  timeline.toEnd();
}

async function joinRoom() {
  const answer = await state.socket.timeout(10000).emitWithAck("join-room", { roomId: state.room }).catch(() => null);
  if (!answer || !answer.success) {
    showBanner(answer ? answer.error.message : "The server does not answer. Trying again.");
    setTimeout(() => state.socket.connected && joinRoom(), 3000);
    return;
  }
  showBanner("");
  state.joined = true;
  showLink("online", "Online");
  if (state.features.includes("presence")) await loadPeople();
  flush();
}

async function loadPeople() {
  const answer = await state.socket.timeout(10000).emitWithAck("room-members", { roomId: state.room }).catch(() => null);
  if (!answer || !answer.success) return;
  state.people.clear();
  for (const { userId, username, presence } of answer.members) state.people.set(userId, { username, online: presence !== "offline" });
  showPeople();
}

function connect() {
  if (typeof io !== "function") return showJoin("This server was built without its browser page. Ask its host.");
  showLink("waiting", "Connecting…");
  const socket = io("/chat", { auth: (give) => give({ token: state.token }) });
  state.socket = socket;
  let refused = false;
  socket.on("connect", () => {
    refused = false;
  });
  socket.on("authenticated", ({ userId, username, features }) => {
    state.me = { userId, username };
    state.features = features || [];
    state.people.set(userId, { username, online: true });
    showPeople();
    joinRoom();
  });
  socket.on("token-expiring", async () => {
    // If it fails, the server ends the connection, and what comes then asks for a token as well.
    try {
      const token = await fetchToken(state.name, state.token);
      const answer = await socket.timeout(10000).emitWithAck("refresh-token", { token });
      if (!answer.success) return;
      state.token = token;
      sessionStorage.setItem("hubbub.token", token);
    } catch (problem) {
      console.warn("The token could not be renewed:", problem.message);
    }
  });
  socket.on("error", async ({ message }) => {
    // The token is too old, or of another server: a guest simply gets a new one.
    refused = true;
    state.token = null;
    sessionStorage.removeItem("hubbub.token");
    socket.disconnect();
    try {
      state.token = await fetchToken(state.name);
      sessionStorage.setItem("hubbub.token", state.token);
      socket.connect();
    } catch (problem) {
      showJoin(problem.message || message);
    }
  });
  socket.on("disconnect", (reason) => {
    state.joined = false;
    state.typing.clear();
    showTyping();
    showLink("waiting", "Reconnecting…");
    if (reason === "io server disconnect" && !refused) setTimeout(() => socket.connect(), 2000);
  });
  socket.on("connect_error", () => showLink("waiting", "Reconnecting…"));
  socket.on("room-history", onHistory);
  socket.on("new-message", (message) => {
    if (message.roomId !== state.room) return;
    state.typing.delete(message.userId);
    showTyping();
    timeline.add(message);
  });
  socket.on("user-joined", ({ userId, username, roomId }) => {
    if (roomId && roomId !== state.room) return;
    state.people.set(userId, { username, online: true });
    timeline.note(`${username} joined at ${time(Date.now())}`);
    showPeople();
  });
  socket.on("user-left", ({ userId, username, roomId }) => {
    if (roomId && roomId !== state.room) return;
    state.people.delete(userId);
    timeline.note(`${username} left at ${time(Date.now())}`);
    showPeople();
  });
  socket.on("presence", ({ userId, username, presence }) => {
    if (!state.people.has(userId)) return;
    state.people.set(userId, { username, online: presence !== "offline" });
    showPeople();
  });
  socket.on("user-typing", ({ userId, username, roomId }) => {
    if (roomId && roomId !== state.room) return;
    state.typing.set(userId, username);
    showTyping();
  });
  socket.on("user-stop-typing", ({ userId, roomId }) => {
    if (roomId && roomId !== state.room) return;
    state.typing.delete(userId);
    showTyping();
  });
}

$("older").addEventListener("click", async () => {
  const asked = { roomId: state.room, before: state.oldest, limit: 50 };
  const answer = await state.socket.timeout(10000).emitWithAck("load-history", asked).catch(() => null);
  if (!answer || !answer.success) return;
  timeline.prepend(answer.messages);
  if (answer.messages.length) state.oldest = answer.messages[0].id;
  $("older").hidden = !answer.hasMore;
});

$("join-form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const name = $("name").value.trim();
  if (!name) return;
  $("join-button").disabled = true;
  try {
    await enter(name);
  } catch (problem) {
    showJoin(problem.message || "The server cannot be reached. Check the network, then try again.");
  }
});

function submit() {
  const message = $("text").value;
  if (!message.trim() || !state.me) return;
  const entry = { clientMessageId: randomId(), message, row: null, failed: null };
  state.outbox.push(entry);
  keepOutbox();
  showWaiting(entry);
  $("text").value = "";
  $("text").style.height = "";
  composing.stop();
  flush();
}

$("composer").addEventListener("submit", (event) => {
  event.preventDefault();
  submit();
});
$("text").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    submit();
  }
});
$("text").addEventListener("input", () => {
  $("text").style.height = "auto";
  $("text").style.height = `${Math.min($("text").scrollHeight + 2, 140)}px`;
  if ($("text").value) composing.edit();
  else composing.stop();
});

async function start() {
  try {
    const info = await (await fetch("/guest/info")).json();
    state.room = info.roomId;
    document.title = info.title;
    $("title").textContent = info.title;
    $("join-title").textContent = `Join ${info.title}`;
    if (!info.guests) {
      showJoin("This server does not let guests in. Ask its host for a way in.");
      $("join-button").disabled = true;
      return;
    }
    state.outbox = JSON.parse(sessionStorage.getItem("hubbub.outbox") || "[]");
    if (state.token && state.name) await enter(state.name);
    else showJoin();
  } catch {
    showJoin("The server cannot be reached. Check the network, then load the page again.");
  }
}
start();
