"""The HTTP client of adapters. One object per outside system and process, shared by its threads."""

import json
import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass
from threading import BoundedSemaphore
from typing import Any

import httpx
from prometheus_client import Counter, Histogram

from zhijian.core.outbound.breaker import Breaker
from zhijian.core.outbound.errors import OutboundError, Permanent, Retryable

log = logging.getLogger(__name__)
_CALLS = Counter("zhijian_outbound_calls", "Calls to outside systems", ["system", "outcome"])
_SECONDS = Histogram("zhijian_outbound_seconds", "Time of calls to outside systems", ["system"])
_RETRYABLE_STATUS = frozenset({408, 425, 429, 500, 502, 503, 504})


@dataclass(frozen=True, slots=True)
class Policy:
    """Times in seconds. ``concurrency`` bounds how many of our threads one slow system can hold."""

    connect: float = 2.0
    read: float = 5.0
    total: float = 8.0
    attempts: int = 2
    concurrency: int = 8
    wait_for_place: float = 0.5
    failures: int = 5
    rest: float = 20.0
    max_bytes: int = 1_000_000


class Outbound:
    """``name`` stands in logs and metrics; neither ever holds an address's query, a body or an answer."""

    def __init__(self, *, name: str, base_url: str, policy: Policy | None = None) -> None:
        self.name = name
        self.policy = policy or Policy()
        self.breaker = Breaker(failures=self.policy.failures, rest=self.policy.rest)
        self._places = BoundedSemaphore(self.policy.concurrency)
        limits = httpx.Limits(
            max_connections=self.policy.concurrency, max_keepalive_connections=self.policy.concurrency
        )
        timeout = httpx.Timeout(
            self.policy.read, connect=self.policy.connect, pool=self.policy.wait_for_place
        )
        # Surroundings (proxies, netrc) don't redirect calls that carry personal data.
        self._http = httpx.Client(base_url=base_url, timeout=timeout, limits=limits, trust_env=False)

    def close(self) -> None:
        self._http.close()

    def post_json(
        self, path: str, body: bytes, *, headers: Mapping[str, str] | None = None, idempotent: bool = False
    ) -> dict[str, Any]:
        """Send ready JSON bytes (they may be signed) and read a JSON object.

        A call that never reached the system is tried again; one that may have reached it only if ``idempotent``.
        Raises Retryable, Permanent.
        """
        sent = {"Content-Type": "application/json; charset=utf-8", **(headers or {})}
        return self._call("POST", path, body, sent, idempotent=idempotent)

    def get_json(self, path: str, *, headers: Mapping[str, str] | None = None) -> dict[str, Any]:
        """Read a JSON object. Raises Retryable, Permanent."""
        return self._call("GET", path, b"", headers or {}, idempotent=True)

    def status_of(self, path: str) -> int:
        """The status with which a page answers, its content unread. Redirects count as answers.

        Raises Retryable when there is none.
        """
        if not self._places.acquire(timeout=self.policy.wait_for_place):
            raise self._counted(Retryable(self.name, "busy"))
        try:
            with self._http.stream("GET", path) as response:
                _CALLS.labels(self.name, "ok").inc()
                return response.status_code
        except (httpx.TransportError, httpx.InvalidURL) as error:
            reason = _word(error) if isinstance(error, httpx.TransportError) else "bad_address"
            raise self._counted(Retryable(self.name, reason)) from None
        finally:
            self._places.release()

    def _call(
        self, method: str, path: str, body: bytes, headers: Mapping[str, str], *, idempotent: bool
    ) -> dict[str, Any]:
        if not self.breaker.admit():
            raise self._counted(Retryable(self.name, "circuit_open"))
        if not self._places.acquire(timeout=self.policy.wait_for_place):
            raise self._counted(Retryable(self.name, "busy"))
        started = time.monotonic()
        try:
            answer = self._attempts(method, path, body, headers, idempotent=idempotent)
        except OutboundError as error:
            # A refusal proves that the system is alive; only what may pass by itself opens the circuit.
            self.breaker.failed() if isinstance(error, Retryable) else self.breaker.succeeded()
            raise self._counted(error) from error.__cause__
        finally:
            self._places.release()
            _SECONDS.labels(self.name).observe(time.monotonic() - started)
        self.breaker.succeeded()
        _CALLS.labels(self.name, "ok").inc()
        return answer

    def _attempts(
        self, method: str, path: str, body: bytes, headers: Mapping[str, str], *, idempotent: bool
    ) -> dict[str, Any]:
        deadline = time.monotonic() + self.policy.total
        for attempt in range(1, self.policy.attempts + 1):
            last = attempt == self.policy.attempts or time.monotonic() >= deadline
            try:
                return self._once(method, path, body, headers, deadline)
            except httpx.TransportError as error:
                unsent = isinstance(error, httpx.ConnectError | httpx.ConnectTimeout | httpx.PoolTimeout)
                if last or not (unsent or idempotent):
                    raise Retryable(self.name, _word(error)) from None  # its text may hold the address
            except Retryable:
                if last or not idempotent:
                    raise
            time.sleep(0.1 * attempt)
        raise AssertionError("the last attempt returns or raises")

    def _once(
        self, method: str, path: str, body: bytes, headers: Mapping[str, str], deadline: float
    ) -> dict[str, Any]:
        with self._http.stream(method, path, content=body or None, headers=dict(headers)) as response:
            content = bytearray()
            for chunk in response.iter_bytes():
                content += chunk
                if len(content) > self.policy.max_bytes:
                    raise Permanent(self.name, "answer_too_large")
                if time.monotonic() > deadline:  # drip-fed bytes never trip the read timeout
                    raise Retryable(self.name, "too_slow")
        if response.status_code in _RETRYABLE_STATUS:
            raise Retryable(self.name, f"http_{response.status_code}")
        if not response.is_success:
            raise Permanent(self.name, f"http_{response.status_code}")
        try:
            answer = json.loads(bytes(content))
        except ValueError:
            raise Permanent(self.name, "not_json") from None
        if not isinstance(answer, dict):
            raise Permanent(self.name, "not_an_object")
        return answer

    def _counted(self, error: OutboundError) -> OutboundError:
        _CALLS.labels(self.name, error.reason).inc()
        log.warning("outside system failed", extra={"system": self.name, "reason": error.reason})
        return error


def _word(error: httpx.TransportError) -> str:
    if isinstance(error, httpx.ConnectError | httpx.ConnectTimeout):
        return "unreachable"
    return "timeout" if isinstance(error, httpx.TimeoutException) else "broken"
