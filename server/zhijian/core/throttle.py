"""A throttle for addresses that anyone may call.

Counts are kept in the process, each scope apart: a flood on one scope cannot push out the counts of another. With n
processes a caller may reach n times the limit, which is near enough for a throttle.
"""

import threading
from dataclasses import dataclass, field

from django.http import HttpRequest

from zhijian.core.callers import caller_address
from zhijian.core.clock import now
from zhijian.core.errors import TooMany

_MOST = 100_000  # callers of one scope in one window
_REST = ""  # those beyond count as one: dropping counts instead would let a flood free itself


@dataclass(slots=True)
class _Window:
    number: int = -1
    counts: dict[str, int] = field(default_factory=dict)


class Counters:
    """How often each caller called each scope in the present window."""

    def __init__(self, most: int = _MOST) -> None:
        self._most = most
        self._windows: dict[str, _Window] = {}
        self._lock = threading.Lock()

    def add(self, scope: str, caller: str, window: int) -> int:
        """Count one call; returns the count. A scope's counts are forgotten when its next window begins."""
        with self._lock:
            present = self._windows.setdefault(scope, _Window())
            if present.number != window:
                present.number, present.counts = window, {}
            if caller not in present.counts and len(present.counts) >= self._most:
                caller = _REST
            present.counts[caller] = present.counts.get(caller, 0) + 1
            return present.counts[caller]

    def clear(self) -> None:
        with self._lock:
            self._windows.clear()


counters = Counters()


def brake(
    request: HttpRequest,
    *,
    scope: str,
    limit: int,
    seconds: int,
    caller: str | None = None,
    problem: type[TooMany] = TooMany,
) -> None:
    """At most ``limit`` calls of ``scope`` by one caller in each window of ``seconds``. Raises ``problem``.

    ``caller`` is the network address, unless the door knows better who calls (a person, a machine). Scopes are names
    in code, never made of what somebody sends.
    """
    window, passed = divmod(int(now().timestamp()), seconds)
    if counters.add(scope, caller_address(request) if caller is None else caller, window) > limit:
        raise problem(retry_after=seconds - passed)
