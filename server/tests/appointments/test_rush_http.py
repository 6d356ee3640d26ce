"""The lane's HTTP side: what it takes, what it refuses, how it brakes, how it ends. And its batching."""

import asyncio
import json
from collections.abc import Sequence
from typing import Any

import pytest

from zhijian.appointments.rush.batching import Batcher, Overfull, PutOff
from zhijian.appointments.rush.http import Limits, RushApplication
from zhijian.appointments.rush.lane import AWAY, Answer, Turn, Wish
from zhijian.appointments.rush.limits import Buckets
from zhijian.core.callers import Proxies
from zhijian.identity.queries import token_hash

BOOKED = Answer(201, b'{"id":"b"}')
GOOD = {"slot": "abc", "key": "key-00001"}
OPEN = Limits(0, 0, 0, 0)


class FakeLane:
    """Answers at once and remembers what it was asked."""

    waiting = 3

    def __init__(self, answer: Answer = BOOKED) -> None:
        self.asked: list[Any] = []
        self.answer, self.closed = answer, False

    async def book(self, wish: Wish) -> Answer:
        self.asked.append(wish)
        return self.answer

    async def join(self, turn: Turn) -> Answer:
        self.asked.append(("join", turn))
        return self.answer

    async def place(self, turn: Turn) -> Answer:
        self.asked.append(("place", turn))
        return self.answer

    async def close(self) -> None:
        self.closed = True


class Phone:
    """Speaks ASGI to the application."""

    def __init__(self, lane: Any = None, limits: Limits = OPEN, proxies: Proxies | None = None) -> None:
        self.lane = lane or FakeLane()
        self.application = RushApplication(lambda: self.lane, limits, proxies)

    def ask(self, *asks: dict[str, Any]) -> list[tuple[int, dict[bytes, bytes], Any]]:
        return asyncio.run(self._all(asks))

    def one(self, **ask: Any) -> tuple[int, dict[bytes, bytes], Any]:
        return self.ask(ask)[0]

    async def _all(self, asks: Sequence[dict[str, Any]]) -> list[Any]:
        events: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        told: list[dict[str, Any]] = []
        living = asyncio.create_task(self.application({"type": "lifespan"}, events.get, _to(told)))
        await events.put({"type": "lifespan.startup"})
        while not told:
            await asyncio.sleep(0)
        answers = [await self._one(**ask) for ask in asks]
        await events.put({"type": "lifespan.shutdown"})
        await living
        assert [message["type"] for message in told] == [
            "lifespan.startup.complete",
            "lifespan.shutdown.complete",
        ]
        return answers

    async def _one(
        self,
        method: str = "POST",
        path: str = "/rush/v1/bookings",
        body: Any = GOOD,
        token: str | None = "secret",
        peer: str = "203.0.113.7",
        headers: Sequence[tuple[bytes, bytes]] = (),
    ) -> Any:
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        parts = [
            {"type": "http.request", "body": raw[:5], "more_body": True},
            {"type": "http.request", "body": raw[5:]},
        ]
        sent: list[dict[str, Any]] = []
        scope = {
            "type": "http",
            "method": method,
            "path": path,
            "client": (peer, 1),
            "headers": list(headers),
        }
        if token is not None:
            scope["headers"] = [*headers, (b"authorization", f"Bearer {token}".encode())]

        async def receive() -> dict[str, Any]:
            return parts.pop(0)

        await self.application(scope, receive, _to(sent))
        start, end = sent
        content = json.loads(end["body"]) if end["body"] else None
        return start["status"], dict(start["headers"]), content


def _to(messages: list[dict[str, Any]]) -> Any:
    async def send(message: Any) -> None:
        messages.append(dict(message))

    return send


def test_a_booking_is_handed_on_with_the_tokens_hash() -> None:
    phone = Phone()
    status, headers, body = phone.one()
    assert (status, body) == (201, {"id": "b"})
    assert phone.lane.asked == [Wish(token_hash("secret"), "abc", "key-00001")]
    assert headers[b"content-type"] == b"application/json"
    assert headers[b"content-length"] == str(len(BOOKED.body)).encode()
    assert headers[b"cache-control"] == b"no-store"
    assert phone.lane.closed


@pytest.mark.parametrize(("method", "what"), [("POST", "join"), ("GET", "place")])
def test_joining_and_places(method: str, what: str) -> None:
    phone = Phone()
    assert phone.one(method=method, path=f"/rush/v1/rushes/r1/{what}", body=b"")[0] == 201
    assert phone.lane.asked == [(what, Turn(token_hash("secret"), "r1"))]


@pytest.mark.parametrize(
    ("ask", "status", "code"),
    [
        ({"token": None}, 401, "core.unauthorized"),
        ({"token": ""}, 401, "core.unauthorized"),
        ({"body": b"{"}, 400, "core.bad_json"),
        ({"body": b"\xff\xfe"}, 400, "core.bad_json"),
        ({"body": b"[" * 1_500}, 400, "core.bad_json"),
        ({"body": b"x" * 2_001}, 413, "core.too_large"),
        ({"body": []}, 422, "core.invalid"),
        ({"body": {}}, 422, "core.invalid"),
        ({"body": {"slot": 1, "key": "key-00001"}}, 422, "core.invalid"),
        ({"body": {"slot": "abc", "key": "short"}}, 422, "core.invalid"),
        ({"body": {"slot": "abc", "key": "k" * 81}}, 422, "core.invalid"),
        ({"body": {"slot": "abc", "key": "key\u0000\u0000\u0000\u0000\u0000"}}, 422, "core.invalid"),
        ({"body": {"slot": "abc", "key": "\ud800" * 9}}, 422, "core.invalid"),
        ({"body": {"slot": "a\u0000c", "key": "key-00001"}}, 404, "appointments.slot_unknown"),
        ({"body": {"slot": "", "key": "key-00001"}}, 404, "appointments.slot_unknown"),
        ({"body": {"slot": "a" * 27, "key": "key-00001"}}, 404, "appointments.slot_unknown"),
        ({"method": "GET"}, 404, "core.not_found"),
        ({"path": "/rush/v1/rushes/a'b/join"}, 404, "core.not_found"),
        ({"path": "/rush/v1/rushes/r1/place"}, 404, "core.not_found"),
        ({"path": "/"}, 404, "core.not_found"),
    ],
)
def test_bad_input_is_refused_before_the_lane(ask: dict[str, Any], status: int, code: str) -> None:
    phone = Phone()
    got, headers, body = phone.one(**ask)
    assert (got, body["code"], body["status"]) == (status, code, status)
    assert headers[b"content-type"] == b"application/problem+json"
    assert phone.lane.asked == []


def test_another_origin_may_ask() -> None:
    status, headers, _ = Phone().one(method="OPTIONS", token=None)
    assert status == 204
    assert headers[b"access-control-allow-headers"] == b"authorization, content-type, idempotency-key"
    assert Phone().one()[1][b"access-control-allow-origin"] == b"*"


def test_a_refusal_says_when_to_come_again() -> None:
    status, headers, _ = Phone(FakeLane(AWAY)).one()
    assert (status, headers[b"retry-after"]) == (503, b"2")


def test_what_nobody_foresaw_is_a_problem_and_not_a_broken_line() -> None:
    class Broken(FakeLane):
        async def book(self, wish: Wish) -> Answer:
            raise ZeroDivisionError

    assert Phone(Broken()).one()[2]["code"] == "core.unexpected"


def test_health() -> None:
    assert Phone().one(method="GET", path="/rush/healthz", token=None)[2] == {"status": "ok", "waiting": 3}


# Brakes --------------------------------------------------------------------------------------------------------


def test_one_person_is_braked_and_others_are_not() -> None:
    phone = Phone(limits=Limits(person_rate=1, person_burst=2, address_rate=0))
    answers = phone.ask({}, {}, {}, {"token": "another"})
    assert [status for status, *_ in answers] == [201, 201, 429, 201]
    assert answers[2][1][b"retry-after"] == b"1"
    assert answers[2][2]["code"] == "core.too_many"


def test_one_address_is_braked_whoever_asks() -> None:
    phone = Phone(limits=Limits(person_rate=0, address_rate=1, address_burst=2))
    answers = phone.ask(
        {"token": "a"}, {"token": None}, {"token": "c"}, {"token": "d", "peer": "203.0.113.8"}
    )
    assert [status for status, *_ in answers] == [201, 401, 429, 201]


def test_behind_a_proxy_the_phones_own_address_counts() -> None:
    limits = Limits(person_rate=0, address_rate=1, address_burst=1)
    phone = Phone(limits=limits, proxies=Proxies(1))
    first, second = ([(b"x-forwarded-for", f"9.9.9.9, 203.0.113.{n}".encode())] for n in (1, 2))
    answers = phone.ask(*({"peer": "10.0.0.1", "headers": one} for one in (first, second, first)))
    assert [status for status, *_ in answers] == [201, 201, 429]
    forged = phone.ask(*({"peer": "8.8.8.8", "headers": one} for one in (first, second)))
    assert [status for status, *_ in forged] == [201, 429]
    untold = Phone(limits=limits).ask(*({"peer": "10.0.0.1", "headers": one} for one in (first, second)))
    assert [status for status, *_ in untold] == [201, 429], "no proxy is named, so none is believed"
    lines = [(b"x-forwarded-for", b"203.0.113.9"), (b"x-forwarded-for", b"203.0.113.1")]
    assert phone.one(peer="10.0.0.1", headers=lines)[0] == 429, "several lines are one list"


def test_a_bucket_fills_with_time() -> None:
    buckets = Buckets(per_second=2, burst=3)
    assert [buckets.wait("a", 0) for _ in range(4)] == [0, 0, 0, 0.5]
    assert buckets.wait("a", 0.25) == pytest.approx(0.25)
    assert buckets.wait("a", 0.5) == 0
    assert [buckets.wait("a", 100) for _ in range(4)] == [0, 0, 0, 0.5]


def test_callers_are_forgotten_before_they_fill_the_memory() -> None:
    buckets = Buckets(per_second=1, burst=1, most=10)
    for number in range(1_000):
        buckets.wait(str(number), number / 1_000)
        assert len(buckets._buckets) <= 10


# Batching ------------------------------------------------------------------------------------------------------


def test_what_waits_makes_the_next_batch_and_the_order_is_kept() -> None:
    sizes: list[int] = []

    async def run(asked: Sequence[int]) -> list[int | None]:
        sizes.append(len(asked))
        await asyncio.sleep(0.01)
        return [number * 2 for number in asked]

    async def use() -> list[int]:
        batcher: Batcher[int, int] = Batcher(run, largest=4)
        first = asyncio.create_task(batcher.ask(0))
        await asyncio.sleep(0.001)
        found = await asyncio.gather(first, *(batcher.ask(number) for number in range(1, 10)))
        await batcher.close()
        return found

    assert asyncio.run(use()) == [number * 2 for number in range(10)]
    assert sizes == [1, 4, 4, 1]


def test_more_than_can_be_answered_are_refused_at_once() -> None:
    async def use() -> None:
        gate = asyncio.Event()

        async def run(asked: Sequence[int]) -> list[int | None]:
            await gate.wait()
            return list(asked)

        batcher: Batcher[int, int] = Batcher(run, largest=1, most=2)
        waiting = [asyncio.create_task(batcher.ask(number)) for number in range(2)]
        await asyncio.sleep(0)
        with pytest.raises(Overfull):
            await batcher.ask(9)
        closing = asyncio.create_task(batcher.close())
        await asyncio.sleep(0)
        with pytest.raises(Overfull):
            await batcher.ask(9)
        gate.set()
        assert await asyncio.gather(*waiting) == [0, 1]  # nobody who waited is dropped
        await closing

    asyncio.run(use())


def test_one_put_off_again_and_again_is_told() -> None:
    tries = 0

    async def run(asked: Sequence[str]) -> list[str | None]:
        nonlocal tries
        tries += asked.count("never")
        return [None if one == "never" else one for one in asked]

    async def use() -> None:
        batcher: Batcher[str, str] = Batcher(run, patience=0.1)
        asking = asyncio.create_task(batcher.ask("never"))
        assert await batcher.ask("other") == "other"
        with pytest.raises(PutOff):
            await asking
        await batcher.close()

    asyncio.run(use())
    assert 3 < tries < 20


def test_a_batch_that_fails_fails_for_those_in_it_only() -> None:
    async def run(asked: Sequence[int]) -> list[int | None]:
        if 1 in asked:
            raise ZeroDivisionError
        return list(asked)

    async def use() -> list[Any]:
        batcher: Batcher[int, int] = Batcher(run, largest=1)
        found = await asyncio.gather(*(batcher.ask(number) for number in range(3)), return_exceptions=True)
        await batcher.close()
        return found

    zero, one, two = asyncio.run(use())
    assert (zero, two, type(one)) == (0, 2, ZeroDivisionError)
