"""How often one caller may call."""

from datetime import datetime

import pytest
import time_machine
from django.core.cache import cache
from django.test import RequestFactory
from support.threads import at_once

from zhijian.core.errors import TooMany
from zhijian.core.throttle import Counters, brake
from zhijian.core.zone import CHINA

FACTORY = RequestFactory()


def test_window_ends() -> None:
    request = FACTORY.get("/")
    with time_machine.travel(datetime(2025, 3, 7, 12, 0, 50, tzinfo=CHINA), tick=False) as travel:
        brake(request, scope="x", limit=1, seconds=60)
        with pytest.raises(TooMany) as refusal:
            brake(request, scope="x", limit=1, seconds=60)
        assert refusal.value.retry_after == 10
        brake(request, scope="y", limit=1, seconds=60)
        travel.shift(11)
        brake(request, scope="x", limit=1, seconds=60)


def test_callers_are_counted_apart() -> None:
    def call(*, peer: str = "8.8.8.8", caller: str | None = None) -> None:
        brake(FACTORY.get("/", REMOTE_ADDR=peer), scope="x", limit=1, seconds=600, caller=caller)

    call()
    call(peer="8.8.4.4")
    call(caller="machine-1")
    call(caller="machine-2", peer="8.8.4.4")
    for again in ({}, {"peer": "8.8.4.4"}, {"caller": "machine-1", "peer": "1.1.1.1"}):
        with pytest.raises(TooMany):
            call(**again)


def test_one_ipv6_line_is_one_caller() -> None:
    brake(FACTORY.get("/", REMOTE_ADDR="2001:db8::1"), scope="x", limit=1, seconds=600)
    with pytest.raises(TooMany):
        brake(FACTORY.get("/", REMOTE_ADDR="2001:db8::ffff:1"), scope="x", limit=1, seconds=600)


def test_no_flood_frees_a_caller() -> None:
    """Neither of other scopes, nor of the shared cache, nor of a thousand times more callers than are counted."""
    counters = Counters(most=10)
    assert [counters.add("receipts", "guesser", 1) for _ in range(3)] == [1, 2, 3]
    for number in range(1_000):
        counters.add("receipts", f"flood-{number}", 1)
        counters.add("browse", f"flood-{number}", 1)
        cache.set(f"flood-{number}", number)
    assert counters.add("receipts", "guesser", 1) == 4
    assert counters.add("receipts", "one more", 1) == 992, "those beyond count as one"
    assert max(len(window.counts) for window in counters._windows.values()) == 11


def test_a_new_window_forgets_the_former() -> None:
    counters = Counters()
    for number in range(100):
        counters.add("x", str(number), 1)
    assert counters.add("x", "1", 2) == 1
    assert len(counters._windows["x"].counts) == 1


def test_threads_lose_no_count() -> None:
    counters = Counters()
    at_once([lambda: [counters.add("x", "one", 1) for _ in range(500)]] * 8)
    assert counters.add("x", "one", 1) == 4_001
