"""A small load generator: plain HTTP/1.1 over kept connections to this machine, bounded in time and number."""

import asyncio
import itertools
import time
from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Request:
    """One request as it goes over the wire."""

    path: str
    method: str = "GET"
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""

    def to_bytes(self, host: str) -> bytes:
        headers = {"Host": host, "Connection": "keep-alive", "Accept": "text/html"} | self.headers
        if self.body:
            headers["Content-Length"] = str(len(self.body))
        lines = [f"{self.method} {self.path} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
        return "\r\n".join([*lines, "", ""]).encode() + self.body


@dataclass(frozen=True)
class Answer:
    """What came back, and after how many milliseconds."""

    status: int
    headers: dict[str, str]
    body: bytes
    milliseconds: float


class Connection:
    """One kept connection; opened again where the server closes it."""

    def __init__(self, port: int):
        self.port = port
        self.streams = None

    async def ask(self, request: Request) -> Answer:
        """Send a request and wait for the whole answer."""
        if self.streams is None:
            self.streams = await asyncio.open_connection("127.0.0.1", self.port)
        reader, writer = self.streams
        started = time.perf_counter()
        writer.write(request.to_bytes(f"127.0.0.1:{self.port}"))
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers = dict(line.lower().split(": ", 1) for line in head[1:] if line)
        body = await reader.readexactly(int(headers.get("content-length", 0)))
        milliseconds = (time.perf_counter() - started) * 1000
        if headers.get("connection") == "close":
            self.close()
        cookies = [line.split(": ", 1)[1] for line in head if line.lower().startswith("set-cookie")]
        return Answer(int(head[0].split()[1]), headers | {"set-cookie": "\n".join(cookies)}, body, milliseconds)

    def close(self) -> None:
        """Close, if it is open."""
        if self.streams is not None:
            self.streams[1].close()
            self.streams = None


async def one_by_one(port: int, requests: Sequence[Request], expect: int = 200) -> list[Answer]:
    """Ask one after the other over one connection: how long each takes when nobody else asks."""
    connection = Connection(port)
    try:
        return [_checked(await connection.ask(request), request, expect) for request in requests]
    finally:
        connection.close()


async def at_once(port: int, requests: Sequence[Request], connections: int, seconds: float, expect: int = 200) -> float:
    """Ask over so many connections at once for so long; requests a second."""
    supply = itertools.cycle(requests)
    end = time.perf_counter() + seconds
    answered = 0

    async def visitor():
        nonlocal answered
        connection = Connection(port)
        try:
            while time.perf_counter() < end:
                request = next(supply)
                _checked(await connection.ask(request), request, expect)
                answered += 1
        finally:
            connection.close()

    started = time.perf_counter()
    async with asyncio.timeout(seconds + 30):
        await asyncio.gather(*(visitor() for _ in range(connections)))
    return answered / (time.perf_counter() - started)


def _checked(answer: Answer, request: Request, expect: int) -> Answer:
    if answer.status != expect:
        raise RuntimeError(
            f"{request.method} {request.path} answered {answer.status}, not {expect}: {answer.body[:300]!r}"
        )
    return answer
