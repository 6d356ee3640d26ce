"""A circuit breaker: a system that keeps failing is left alone for a while, then asked once."""

import time
from collections.abc import Callable
from threading import Lock


class Breaker:
    """Opens after ``failures`` in a row; after ``rest`` seconds lets one call through to see. Thread-safe."""

    def __init__(
        self, *, failures: int, rest: float, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._limit = failures
        self._rest = rest
        self._monotonic = monotonic
        self._lock = Lock()
        self._failed = 0
        self._opened_at: float | None = None

    @property
    def is_open(self) -> bool:
        with self._lock:
            return self._opened_at is not None

    def admit(self) -> bool:
        """Whether a call may go out now. While open, one caller after each rest is let through as the probe."""
        with self._lock:
            if self._opened_at is None:
                return True
            if self._monotonic() - self._opened_at < self._rest:
                return False
            self._opened_at = self._monotonic()  # the others wait for this probe's outcome
            return True

    def succeeded(self) -> None:
        with self._lock:
            self._failed, self._opened_at = 0, None

    def failed(self) -> None:
        with self._lock:
            self._failed += 1
            if self._failed >= self._limit:
                self._opened_at = self._monotonic()
