"""A WebSocket client as people write them with `websockets`. Says hello in three sizes, checks what comes back, and
then does what it is told: `close` with 1000, or `wait` to be closed. Prints what it saw."""

import asyncio
import os
import sys

import websockets


async def main(url, then):
    async with websockets.connect(
        url, subprotocols=["admin", "ticker"], max_size=None
    ) as socket:
        extensions = socket.response_headers.get("Sec-WebSocket-Extensions", "")
        print(f"open {socket.subprotocol} {extensions}", flush=True)
        for message in ("hello", os.urandom(70_000), "x" * 200_000):
            await socket.send(message)
            assert await socket.recv() == message
        print("echoed", flush=True)
        await (await socket.ping())
        print("pong", flush=True)
        if then == "close":
            await socket.close(1000, "enough")
        else:
            await socket.wait_closed()
        print(f"closed {socket.close_code} {socket.close_reason}", flush=True)


asyncio.run(main(*sys.argv[1:]))
