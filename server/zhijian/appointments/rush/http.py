"""The lane's ASGI callable: three addresses, JSON in, JSON or problem+json out."""

import json
import logging
import math
import re
import time
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from zhijian.appointments import errors
from zhijian.appointments.rush.lane import BUSY, Answer, Lane, Turn, Wish, refusal
from zhijian.appointments.rush.limits import Buckets
from zhijian.core.api import BadJson, Unexpected
from zhijian.core.callers import Proxies, counted
from zhijian.core.errors import FieldError, Invalid, NotFound, Problem, TooLarge, TooMany, Unauthorized

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

_LARGEST = 2_000  # bytes of a body
_PUBLIC_ID = re.compile(r"[0-9a-z]{1,26}")
_KEY = re.compile(r"[\x21-\x7e]{8,80}")
_RUSH = re.compile(r"/rush/v1/rushes/([0-9a-z]{1,26})/(join|place)")
# Bearer tokens and no cookies: who may call from another origin need not be told apart.
_HEADERS = [(b"cache-control", b"no-store"), (b"access-control-allow-origin", b"*")]
_PREFLIGHT = [
    *_HEADERS,
    (b"access-control-allow-methods", b"GET, POST"),
    (b"access-control-allow-headers", b"authorization, content-type, idempotency-key"),
    (b"access-control-max-age", b"86400"),
]
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Limits:
    """Requests a second and at once, of one person and from one address; a rate of 0 brakes nothing."""

    person_rate: float = 5
    person_burst: float = 20
    address_rate: float = 200
    address_burst: float = 1_000


class RushApplication:
    """``open_lane`` is called when the server's loop runs; the lane is closed when the server ends."""

    def __init__(self, open_lane: Callable[[], Lane], limits: Limits, proxies: Proxies | None = None) -> None:
        self._open_lane = open_lane
        self._proxies = proxies or Proxies()
        self._lane: Lane | None = None
        self._persons = Buckets(per_second=limits.person_rate, burst=limits.person_burst)
        self._addresses = Buckets(per_second=limits.address_rate, burst=limits.address_burst)

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif scope["type"] == "http":
            if scope["method"] == "OPTIONS":
                await _send(send, 204, b"", _PREFLIGHT)
            else:
                await _answer(send, await self._answered(scope, receive))

    async def _live(self, receive: Receive, send: Send) -> None:
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                self._lane = self._open_lane()
                await send({"type": "lifespan.startup.complete"})
            elif message["type"] == "lifespan.shutdown":
                if self._lane is not None:
                    await self._lane.close()
                await send({"type": "lifespan.shutdown.complete"})
                return

    async def _answered(self, scope: Message, receive: Receive) -> Answer:
        try:
            return await self._ask(scope, receive)
        except Problem as problem:
            return refusal(problem)
        except Exception as error:  # told without its values: they may be personal data
            log.error("unexpected error", exc_info=error)
            return refusal(Unexpected())

    async def _ask(self, scope: Message, receive: Receive) -> Answer:
        lane, method, path = self._lane, scope["method"], scope["path"]
        if lane is None:
            return BUSY
        if path == "/rush/v1/bookings" and method == "POST":
            token = self._caller(scope)
            slot, key = _wish(await _json(receive))
            return await lane.book(Wish(token, slot, key))
        found = _RUSH.fullmatch(path)
        if found and (found[2], method) == ("join", "POST"):
            return await lane.join(Turn(self._caller(scope), found[1]))
        if found and (found[2], method) == ("place", "GET"):
            return await lane.place(Turn(self._caller(scope), found[1]))
        if path == "/rush/healthz":
            return Answer(200, json.dumps({"status": "ok", "waiting": lane.waiting}).encode())
        raise NotFound

    def _caller(self, scope: Message) -> str:
        """The hash of the caller's bearer token. Raises Unauthorized, TooMany."""
        authorization = forwarded = b""
        for name, value in scope["headers"]:
            if name == b"authorization":
                authorization = value
            elif name == b"x-forwarded-for":  # may come in several lines, which are one list
                forwarded = forwarded + b"," + value if forwarded else value
        peer = scope["client"][0] if scope.get("client") else ""
        caller = self._proxies.caller(peer, forwarded.decode("latin-1"))
        self._brake(self._addresses, counted(caller))
        if authorization[:7].lower() != b"bearer " or len(authorization) < 8:
            raise Unauthorized
        token = sha256(authorization[7:].strip()).hexdigest()
        self._brake(self._persons, token)
        return token

    def _brake(self, buckets: Buckets, caller: str) -> None:
        wait = buckets.wait(caller, time.monotonic())
        if wait:
            raise TooMany(retry_after=math.ceil(wait))


async def _json(receive: Receive) -> Any:
    body = b""
    while True:
        message = await receive()
        body += message.get("body", b"")
        if len(body) > _LARGEST:
            raise TooLarge
        if not message.get("more_body"):
            break
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        raise BadJson from None


def _wish(body: Any) -> tuple[str, str]:
    """Slot and key. Raises Invalid, and SlotUnknown for what cannot be a slot's id."""
    slot, key = (body.get("slot"), body.get("key")) if isinstance(body, dict) else (None, None)
    faults = []
    if not isinstance(slot, str):
        faults.append(FieldError("/slot", "type", "请选择时段"))
    if not isinstance(key, str) or not _KEY.fullmatch(key):
        faults.append(FieldError("/key", "type", "请求缺少防重复标识，请更新应用后再试"))
    if faults:
        raise Invalid(fields=faults)
    if not _PUBLIC_ID.fullmatch(str(slot)):
        raise errors.SlotUnknown
    return str(slot), str(key)


async def _answer(send: Send, answer: Answer) -> None:
    kind = b"application/json" if answer.status < 400 else b"application/problem+json"
    headers = [(b"content-type", kind), *_HEADERS]
    if answer.retry_after is not None:
        headers.append((b"retry-after", str(answer.retry_after).encode()))
    await _send(send, answer.status, answer.body, headers)


async def _send(send: Send, status: int, body: bytes, headers: list[tuple[bytes, bytes]]) -> None:
    length = (b"content-length", str(len(body)).encode())
    await send({"type": "http.response.start", "status": status, "headers": [*headers, length]})
    await send({"type": "http.response.body", "body": body})
