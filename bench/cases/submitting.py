"""Submitting over HTTP: one after another for the latency, by eight at once for the numbers."""

import secrets
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from support.applicant import Applicant
from support.city import City

from bench.cases.people import person, token_of
from bench.client import Client, Unexpected
from bench.figures import Value, latency
from bench.progress import say

ALONE = 100
SUBMITTERS, EACH = 8, 15
_FIRST = 1_000  # persons before are left to the other measurements
_WARM_UP = 5


@dataclass
class Drafts:
    """Prepared drafts with their owners' tokens: each is used once."""

    waiting: list[tuple[str, str]] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self) -> tuple[str, str]:
        with self._lock:
            return self.waiting.pop()


def prepared(city: City) -> Drafts:
    """Drafts of the residence permit with form and three photographs each, made as an app makes them."""
    count = ALONE + _WARM_UP + SUBMITTERS * EACH
    say(f"cases: preparing {count} drafts …")
    drafts = Drafts()
    for number in range(_FIRST, _FIRST + count):
        token = token_of(number)
        applicant = Applicant(city, person(number), token)
        with applicant.http:
            drafts.waiting.append((token, applicant.ready()))
    return drafts


def one_by_one(city: City, drafts: Drafts) -> dict[str, Value]:
    say(f"cases: submitting {ALONE} …")
    seconds = [_submit(city, *drafts.take())[1] for _ in range(ALONE + _WARM_UP)]
    return latency("submit_case", seconds[_WARM_UP:])


def concurrent(city: City, drafts: Drafts) -> dict[str, Value]:
    """Every submission must succeed with a number of its own, and every number be in the database once."""
    say(f"cases: {SUBMITTERS} submitters at once …")
    with ThreadPoolExecutor(SUBMITTERS) as pool:
        shares = pool.map(lambda _: [_submit(city, *drafts.take()) for _ in range(EACH)], range(SUBMITTERS))
        done = [answer for share in shares for answer in share]
    numbers = [number for number, _ in done]
    return {
        "case_number_unique": len(set(numbers)) == len(numbers) == _stored(numbers),
        "case_numbers_given": len(numbers),
        **latency("submit_case_8_at_once", [seconds for _, seconds in done]),
    }


def _submit(city: City, token: str, case_id: str) -> tuple[str, float]:
    with Client(city.port, headers={"Authorization": f"Bearer {token}"}) as client:
        client.get("/api/v1/me")  # the phone's connection is open by then
        key = secrets.token_hex(16)
        answer = client.send(
            "POST", f"/api/v1/cases/{case_id}/submit", {"consent": True}, expect=200, Idempotency_Key=key
        )
    number = answer.json()["number"]
    if not number:
        raise Unexpected("submitted without a number")
    return number, answer.seconds


def _stored(numbers: Sequence[str]) -> int:
    from zhijian.cases.models import Case

    return Case.objects.filter(number__in=numbers).count()
