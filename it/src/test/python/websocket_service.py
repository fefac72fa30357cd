"""A WebSocket service as people write them with `websockets`: sends back what it gets. Prints its port first, and then
the code of every connection that is closed."""

import asyncio
import sys

import websockets


async def echo(socket):
    try:
        async for message in socket:
            await socket.send(message)
    except websockets.ConnectionClosed:
        pass
    print(f"closed {socket.close_code} {socket.close_reason}", flush=True)


async def main():
    async with websockets.serve(
        echo, "127.0.0.1", 0, subprotocols=["ticker"], max_size=None
    ) as server:
        print(f"port {server.sockets[0].getsockname()[1]}", flush=True)
        await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


asyncio.run(main())
