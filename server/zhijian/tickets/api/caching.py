"""Answers that are the same for everybody, for half a minute: in the process, and in whatever stands between."""

from collections.abc import Callable
from typing import TypeVar

from django.core.cache import cache
from django.http import HttpResponse
from ninja import Schema

S = TypeVar("S", bound=Schema)
SECONDS = 30


def cached(response: HttpResponse, key: str, make: Callable[[], S]) -> S:
    """What ``make`` gave lately, else what it gives now. What is taken back is gone after SECONDS at the latest."""
    response["Cache-Control"] = f"public, max-age={SECONDS}"
    found: S | None = cache.get(f"tickets:{key}")
    if found is None:
        found = make()
        cache.set(f"tickets:{key}", found, timeout=SECONDS)
    return found
