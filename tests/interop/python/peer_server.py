# SPDX-License-Identifier: MIT
"""The python-socketio server, on python3-aiohttp, that our client is tested against: peer_server.py SERIALIZER [PORT].
Prints "listening PORT"; ends with its standard input."""
import asyncio
import os
import sys
import threading

import socketio
from aiohttp import web

server = socketio.AsyncServer(async_mode="aiohttp", serializer=sys.argv[1])
never = asyncio.Event()


def serve(nsp):
    """echo, echo-event, silent, ask, join, say, order, leave-me and drop-me, as client-peer-server.mjs has them."""
    def on(event):
        return server.on(event, namespace=nsp)

    def emit(event, arguments, sid):
        return server.emit(event, tuple(arguments), to=sid, namespace=nsp)

    @on("connect")
    async def connect(sid, environ, auth=None):
        await emit("welcome", (sid, auth or {}, environ["QUERY_STRING"], environ.get("HTTP_X_TEST", "")), sid)

    @on("echo")
    async def echo(sid, *arguments):
        return arguments

    @on("echo-event")
    async def echo_event(sid, *arguments):
        await emit("echo-event", arguments, sid)

    @on("silent")
    async def silent(sid):
        await never.wait()

    @on("ask")
    async def ask(sid, question):
        async def answered(*arguments):
            await emit("answered", arguments, sid)
        await server.emit("question", question, to=sid, namespace=nsp, callback=answered)

    @on("join")
    async def join(sid, room):
        server.enter_room(sid, room, namespace=nsp)
        return True

    @on("say")
    async def say(sid, room, text):
        await server.emit("said", (room, text), room=room, skip_sid=sid, namespace=nsp)

    @on("order")
    async def order(sid, number):
        await emit("ordered", (number,), sid)

    @on("leave-me")
    async def leave_me(sid):
        await server.disconnect(sid, namespace=nsp)

    @on("drop-me")
    async def drop_me(sid):
        await server.eio.disconnect(server.manager.eio_sid_from_sid(sid, nsp))


@server.on("connect", namespace="/guarded")
async def guard(sid, environ, auth=None):
    if (auth or {}).get("token") != "sesame":
        raise socketio.exceptions.ConnectionRefusedError("Invalid token", {"code": 7})


async def main(port):
    for nsp in ("/", "/second"):
        serve(nsp)
    application = web.Application()
    server.attach(application)
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port, reuse_address=True).start()
    print(f"listening {runner.addresses[0][1]}", flush=True)
    await never.wait()


def end_with_input():
    sys.stdin.read()
    os._exit(0)


threading.Thread(target=end_with_input, daemon=True).start()
asyncio.run(main(int(sys.argv[2]) if len(sys.argv) > 2 else 0))
