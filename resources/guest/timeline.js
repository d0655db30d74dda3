// SPDX-License-Identifier: MIT
"use strict";

// What the page knows and shows. What people wrote is only ever set as text, never as markup.
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
  $("subtitle").textContent = state.me ? `${people} · as ${state.me.username}` : people;
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
    if (waiting) acknowledged(waiting, message.timestamp);
    if (waiting && waiting.row) return;
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
