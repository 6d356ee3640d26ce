"""A brake for addresses that anyone may call. Counts live in the process's cache: near enough for a brake."""

import ipaddress

from django.core.cache import cache
from django.http import HttpRequest

from zhijian.core.clock import now
from zhijian.core.errors import TooMany


def caller_address(request: HttpRequest) -> str:
    """The network address of the caller."""
    return nearest_address(
        str(request.META.get("REMOTE_ADDR") or ""), request.META.get("HTTP_X_FORWARDED_FOR", "")
    )


def nearest_address(peer: str, forwarded_for: str) -> str:
    """The peer; behind our own proxy (a private peer) the last address that the proxy names."""
    forwarded = forwarded_for.rpartition(",")[2].strip()
    return forwarded if forwarded and _private(peer) and _valid(forwarded) else peer


def brake(
    request: HttpRequest, *, scope: str, limit: int, seconds: int, problem: type[TooMany] = TooMany
) -> None:
    """At most ``limit`` calls of ``scope`` from one address in each window of ``seconds``. Raises ``problem``."""
    window, passed = divmod(int(now().timestamp()), seconds)
    key = f"brake:{scope}:{caller_address(request)}:{window}"
    cache.add(key, 0, timeout=seconds)
    try:
        count = cache.incr(key)
    except ValueError:  # thrown out between the two calls
        return
    if count > limit:
        raise problem(retry_after=seconds - passed)


def _private(address: str) -> bool:
    return _valid(address) and ipaddress.ip_address(address).is_private


def _valid(address: str) -> bool:
    try:
        ipaddress.ip_address(address)
    except ValueError:
        return False
    return True
