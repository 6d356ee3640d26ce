"""Thousands of people at once over HTTP: plain sockets, kept open, each person with a key of their own."""

import asyncio
import json
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

Answered = tuple[int, dict[str, Any]]


@dataclass
class Asker:
    """One person's request; ``answers`` are all that came, ``lost`` counts lines that broke before an answer."""

    token: str
    body: dict[str, str]
    path: str = "/rush/v1/bookings"
    answers: list[Answered] = field(default_factory=list)
    lost: int = 0

    def bytes(self) -> bytes:
        body = json.dumps(self.body).encode()
        head = (
            f"POST {self.path} HTTP/1.1\r\nHost: lane\r\nAuthorization: Bearer {self.token}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        return head.encode() + body


async def answer(reader: asyncio.StreamReader) -> Answered:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:])}
    body = await reader.readexactly(int(headers["content-length"]))
    return int(head[0].split()[1]), json.loads(body)


def ask_all(port: int, people: Iterable[Asker], *, lines: int = 200, seconds: float = 60) -> None:
    """Ask for everybody over ``lines`` connections. Who is told to come again (503) or loses the line does, with
    the same key, until answered or ``seconds`` are over."""
    asyncio.run(_ask_all(port, list(people), lines, time.monotonic() + seconds))


async def _ask_all(port: int, people: list[Asker], lines: int, until: float) -> None:
    waiting = people[::-1]
    await asyncio.gather(*(_line(port, waiting, until) for _ in range(lines)))


async def _line(port: int, waiting: list[Asker], until: float) -> None:
    writer = None
    while waiting and time.monotonic() < until:
        person = waiting.pop()
        try:
            if writer is None:
                reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(person.bytes())
            got = await answer(reader)
        except (OSError, asyncio.IncompleteReadError):
            person.lost += 1
            waiting.append(person)
            if writer is not None:
                writer.close()
                writer = None
            await asyncio.sleep(0.1)
            continue
        person.answers.append(got)
        if got[0] == 503:
            waiting.append(person)
            await asyncio.sleep(0.1)
    if writer is not None:
        writer.close()
