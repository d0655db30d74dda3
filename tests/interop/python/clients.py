# SPDX-License-Identifier: MIT
"""python-socketio's two clients behind one face: what comes is put in queues, and a story waits for it there."""
import asyncio
import collections
import queue
import threading

import socketio

PATIENCE = 60  # seconds, for a machine that is busy with other things

_ENGINE = {"handle_sigint": False, "request_timeout": PATIENCE, "reconnection": False}


class _Client:
    def __init__(self):
        self._heard = collections.defaultdict(queue.Queue)

    def heard(self, event, nsp="/"):
        """The arguments of the next event of that name, a tuple."""
        return self._heard[nsp, event].get(timeout=PATIENCE)

    def listen(self, nsp, *events):
        """Puts these in queues, beside those that every story needs; anything else is not heard."""
        for event in (*events, "connect", "connect_error", "disconnect", "welcome"):
            self.answer(event, lambda *arguments: None, nsp)

    def call(self, event, *arguments, nsp="/"):
        """All that the server answers, a list."""
        answer = queue.Queue()
        self.emit(event, *arguments, nsp=nsp, callback=lambda *values: answer.put(list(values)))
        return answer.get(timeout=PATIENCE)


class ThreadedClient(_Client):
    """socketio.Client: python3-requests for long-polling, python3-websocket for WebSocket."""

    def __init__(self, **options):
        super().__init__()
        self._client = socketio.Client(**{**_ENGINE, **options})
        # It gives every message a thread of its own, which may overtake each other, attachments as well.
        trigger = self._client.eio._trigger_event
        self._client.eio._trigger_event = lambda *arguments, run_async=False: trigger(*arguments)

    def answer(self, event, handler, nsp="/"):
        """Calls the handler with the event; what it returns is the answer, if one is asked for."""
        def told(*arguments):
            value = handler(*arguments)
            self._heard[nsp, event].put(arguments)
            return value
        self._client.on(event, told, namespace=nsp)

    def connect(self, url, transports, nsps=("/",), **options):
        self._client.connect(url, transports=transports, namespaces=list(nsps), wait=False, **options)
        self._client.connected = True  # it says so itself only where it has waited, for one second

    def emit(self, event, *arguments, nsp="/", callback=None):
        self._client.emit(event, arguments, namespace=nsp, callback=callback)

    def id(self, nsp="/"):
        return self._client.get_sid(nsp)

    def transport(self):
        return self._client.transport()

    def disconnect(self):
        self._client.disconnect()
        self._client.eio.wait()

    def close(self):
        if self._client.eio.state == "connected":
            self.disconnect()


class AsyncioClient(_Client):
    """socketio.AsyncClient, over python3-aiohttp, on a loop in a thread of its own."""

    def __init__(self, **options):
        super().__init__()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)
        self._thread.start()
        self._client = self._run(self._make(options))

    @staticmethod
    async def _make(options):
        return socketio.AsyncClient(**{**_ENGINE, **options})

    @staticmethod
    async def _end_tasks():
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    def _run(self, coroutine):
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(PATIENCE)

    def answer(self, event, handler, nsp="/"):
        """As ThreadedClient's."""
        async def told(*arguments):
            value = handler(*arguments)
            self._heard[nsp, event].put(arguments)
            return value
        self._client.on(event, told, namespace=nsp)

    def connect(self, url, transports, nsps=("/",), **options):
        self._run(self._client.connect(url, transports=transports, namespaces=list(nsps), wait=False, **options))
        self._client.connected = True

    def emit(self, event, *arguments, nsp="/", callback=None):
        self._run(self._client.emit(event, arguments, namespace=nsp, callback=callback))

    def id(self, nsp="/"):
        return self._client.get_sid(nsp)

    def transport(self):
        return self._client.transport()

    def disconnect(self):
        self._run(self._client.disconnect())

    def close(self):
        if self._loop.is_closed():
            return
        if self._client.eio.state == "connected":
            self.disconnect()
        self._run(self._end_tasks())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(PATIENCE)
        self._loop.close()
