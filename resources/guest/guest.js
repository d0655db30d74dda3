// SPDX-License-Identifier: MIT
"use strict";

// The browser's side of docs/protocol.md. What people wrote is only ever set as text, never as markup.
const $ = (id) => document.getElementById(id);
const state = {
  me: null, // {userId, username}
  token: sessionStorage.getItem("hubbub.token"),
  name: localStorage.getItem("hubbub.name") || "",
  room: null,
  features: [],
  socket: null,
  joined: false, // the room's history is here
  oldest: null, // id of the oldest message shown
  outbox: [], // what has not been acknowledged: {clientMessageId, message, row, failed}
  sending: false,
  people: new Map(), // userId -> {username, online}
  typing: new Map(), // userId -> username
  known: new Set(), // ids of the messages shown
};
const temporary = new Set(["busy", "storage-failed", "shutting-down", "not-in-room"]);

function randomId() {
  // Not crypto.randomUUID(): on plain http, which a LAN is, browsers do not have it.
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, "0")).join("");
}

function keepOutbox() {
  const kept = state.outbox.map(({ clientMessageId, message }) => ({ clientMessageId, message }));
  sessionStorage.setItem("hubbub.outbox", JSON.stringify(kept));
}

function nameSlot(id) {
  let hash = 2166136261;
  for (const byte of new TextEncoder().encode(id)) hash = Math.imul(hash ^ byte, 16777619) >>> 0;
  return ((hash ^ (hash >>> 16)) >>> 0) % 8;
}

function initials(name) {
  const words = name.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  const letters = words.length > 1 ? [words[0], words[words.length - 1]] : words;
  return letters.map((word) => [...word][0].toUpperCase()).join("");
}

function time(stamp) {
  return new Date(stamp).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
}

function element(tag, className, text) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined) node.textContent = text;
  return node;
}

function showLink(kind, text) {
  $("chip").dataset.kind = kind;
  $("chip").textContent = text;
}

function showBanner(text) {
  $("banner").textContent = text || "";
  $("banner").hidden = !text;
}

function showPeople() {
  const count = [...state.people.values()].filter((person) => person.online).length;
  const people = count === 1 ? "1 person" : `${count} people`;
  $("subtitle").textContent = state.me ? `${people} · you are ${state.me.username}, a guest` : people;
}

function showTyping() {
  const names = [...state.typing.values()];
  if (names.length === 0) $("typing").textContent = "";
  else if (names.length === 1) $("typing").textContent = `${names[0]} is typing…`;
  else if (names.length <= 3) $("typing").textContent = `${names.slice(0, -1).join(", ")} and ${names.at(-1)} are typing…`;
  else $("typing").textContent = "Several people are typing…";
}

const timeline = {
  isAtEnd() {
    const view = $("timeline");
    return view.scrollHeight - view.scrollTop - view.clientHeight < 40;
  },
  toEnd() {
    $("timeline").scrollTop = $("timeline").scrollHeight;
  },
  /** Marks the first of each group: same author, less than five minutes, the same day. */
  group(row) {
    const before = row.previousElementSibling;
    const near = before && before.dataset.user === row.dataset.user && row.dataset.at - before.dataset.at < 300000;
    row.classList.toggle("first", !near);
  },
  row(message, own) {
    const row = element("li", own ? "message own" : "message");
    const slot = `s${nameSlot(message.userId)}`;
    row.dataset.user = message.userId;
    row.dataset.at = new Date(message.timestamp).getTime();
    row.append(element("span", `author ${slot}`, message.username));
    const avatar = element("span", `avatar ${slot}`, initials(message.username));
    avatar.setAttribute("aria-hidden", "true");
    const bubble = element("div", "bubble");
    bubble.append(element("p", "", message.content), element("span", "meta", time(message.timestamp)));
    row.append(avatar, bubble);
    return row;
  },
  add(message) {
    if (state.known.has(message.id)) return;
    state.known.add(message.id);
    const stick = this.isAtEnd();
    const own = message.userId === state.me.userId;
    const waiting = own && state.outbox.find((entry) => entry.clientMessageId === message.clientMessageId);
    if (waiting) return acknowledged(waiting, message.timestamp);
    const row = this.row(message, own);
    const firstWaiting = state.outbox.find((entry) => entry.row && entry.row.isConnected);
    $("messages").insertBefore(row, firstWaiting ? firstWaiting.row : null);
    this.group(row);
    if (row.nextElementSibling && row.nextElementSibling.dataset.user) this.group(row.nextElementSibling);
    if (stick) this.toEnd();
  },
  prepend(messages) {
    const view = $("timeline");
    const fromEnd = view.scrollHeight - view.scrollTop;
    for (const message of [...messages].reverse()) {
      if (state.known.has(message.id)) continue;
      state.known.add(message.id);
      $("messages").prepend(this.row(message, message.userId === state.me.userId));
    }
    for (const row of $("messages").querySelectorAll(".message")) this.group(row);
    view.scrollTop = view.scrollHeight - fromEnd;
  },
  note(text) {
    const stick = this.isAtEnd();
    $("messages").append(element("li", "note", text));
    if (stick) this.toEnd();
  },
};

function acknowledged(entry, timestamp) {
  state.outbox = state.outbox.filter((other) => other !== entry);
  keepOutbox();
  if (!entry.row) return;
  entry.row.classList.remove("failed");
  entry.row.querySelector(".meta").textContent = `${time(timestamp)} ✓`;
}

function showWaiting(entry) {
  if (!entry.row) {
    const now = new Date().toISOString();
    entry.row = timeline.row({ ...state.me, content: entry.message, timestamp: now }, true);
    $("messages").append(entry.row);
    timeline.group(entry.row);
    timeline.toEnd();
  }
  const meta = entry.row.querySelector(".meta");
  meta.textContent = entry.failed ? `Not sent. ${entry.failed} ` : "Waiting…";
  entry.row.classList.toggle("failed", Boolean(entry.failed));
  if (!entry.failed) return;
  const retry = element("button", "", "Retry");
  retry.type = "button";
  retry.addEventListener("click", () => {
    entry.failed = null;
    showWaiting(entry);
    flush();
  });
  meta.append(retry);
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

async function fetchToken(name) {
  const response = await fetch("/guest/token", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ name }),
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
