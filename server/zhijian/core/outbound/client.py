"""The HTTP client of adapters. One object per outside system and process, shared by its threads."""

import json
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from threading import BoundedSemaphore
from typing import Any, Generic, TypeVar

import httpx
from prometheus_client import Counter, Histogram

from zhijian.core.outbound.breaker import Breaker
from zhijian.core.outbound.errors import OutboundError, Permanent, Retryable
from zhijian.core.outbound.locks import refuse_in_transaction

log = logging.getLogger(__name__)
_CALLS = Counter("zhijian_outbound_calls", "Calls to outside systems", ["system", "outcome"])
_SECONDS = Histogram("zhijian_outbound_seconds", "Time of calls to outside systems", ["system"])
_RETRYABLE_STATUS = frozenset({408, 425, 429, 500, 502, 503, 504})

A = TypeVar("A")


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


@dataclass(frozen=True, slots=True)
class _Asked(Generic[A]):
    """One call. ``read``: what to make of the answer's content and its Content-Type; raises _Nonsense."""

    method: str
    path: str
    headers: Mapping[str, str]
    read: Callable[[bytes, str], A]
    body: bytes = b""
    idempotent: bool = True


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
        return self._call(_Asked("POST", path, sent, _json_object, body, idempotent))

    def get_json(self, path: str, *, headers: Mapping[str, str] | None = None) -> dict[str, Any]:
        """Read a JSON object. Raises Retryable, Permanent."""
        return self._call(_Asked("GET", path, headers or {}, _json_object))

    def get_bytes(self, path: str, *, headers: Mapping[str, str] | None = None) -> tuple[bytes, str]:
        """Read an answer as it is, with its media type in small letters ("" where none is told).

        The type is what the system says: whoever shows the content must look at it. Raises Retryable, Permanent.
        """
        return self._call(_Asked("GET", path, headers or {}, _as_it_is))

    def status_of(self, path: str) -> int:
        """The status with which a page answers, its content unread. Redirects count as answers.

        Raises Retryable when there is none.
        """
        refuse_in_transaction(self.name)
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

    def _call(self, asked: _Asked[A]) -> A:
        refuse_in_transaction(self.name)
        if not self.breaker.admit():
            raise self._counted(Retryable(self.name, "circuit_open"))
        if not self._places.acquire(timeout=self.policy.wait_for_place):
            raise self._counted(Retryable(self.name, "busy"))
        started = time.monotonic()
        try:
            answer = self._attempts(asked)
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

    def _attempts(self, asked: _Asked[A]) -> A:
        deadline = time.monotonic() + self.policy.total
        for attempt in range(1, self.policy.attempts + 1):
            try:
                return self._once(asked, deadline)
            except (httpx.InvalidURL, httpx.DecodingError) as error:
                reason = "bad_address" if isinstance(error, httpx.InvalidURL) else "not_decoded"
                raise Permanent(self.name, reason) from None
            except (httpx.TransportError, Retryable) as error:
                # Looked at after the failure: the attempt itself may have used up the time.
                last = attempt == self.policy.attempts or time.monotonic() >= deadline
                unsent = isinstance(error, httpx.ConnectError | httpx.ConnectTimeout | httpx.PoolTimeout)
                if not last and (unsent or asked.idempotent):
                    time.sleep(0.1 * attempt)
                    continue
                if isinstance(error, Retryable):
                    raise
                raise Retryable(self.name, _word(error)) from None  # its text may hold the address
        raise AssertionError("the last attempt returns or raises")

    def _once(self, asked: _Asked[A], deadline: float) -> A:
        with self._http.stream(
            asked.method, asked.path, content=asked.body or None, headers=dict(asked.headers)
        ) as response:
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
            return asked.read(bytes(content), response.headers.get("Content-Type", ""))
        except _Nonsense as error:
            raise Permanent(self.name, error.reason) from None

    def _counted(self, error: OutboundError) -> OutboundError:
        _CALLS.labels(self.name, error.reason).inc()
        log.warning("outside system failed", extra={"system": self.name, "reason": error.reason})
        return error


class _Nonsense(Exception):
    """An answer that cannot be read; ``reason`` as in OutboundError."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def _json_object(content: bytes, kind: str) -> dict[str, Any]:
    try:
        answer = json.loads(content)
    except ValueError:
        raise _Nonsense("not_json") from None
    if not isinstance(answer, dict):
        raise _Nonsense("not_an_object")
    return answer


def _as_it_is(content: bytes, kind: str) -> tuple[bytes, str]:
    return content, kind.partition(";")[0].strip().lower()


def _word(error: httpx.TransportError) -> str:
    if isinstance(error, httpx.ConnectError | httpx.ConnectTimeout):
        return "unreachable"
    return "timeout" if isinstance(error, httpx.TimeoutException) else "broken"
