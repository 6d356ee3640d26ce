"""Runs calls in real threads that start together, each with its own database connection."""

import threading
import time
from collections.abc import Callable, Sequence
from typing import Any

from django.db import connection


def at_once(calls: Sequence[Callable[[], Any]], *, timeout: float = 60) -> list[Any]:
    """What each call returned or raised, in the order of ``calls``. Fails if one has not ended within ``timeout``."""
    gate = threading.Barrier(len(calls))
    results: list[Any] = [None] * len(calls)

    def run(place: int, call: Callable[[], Any]) -> None:
        try:
            gate.wait(timeout)
            results[place] = call()
        except Exception as error:
            results[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair, daemon=True) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    until = time.monotonic() + timeout
    for thread in threads:
        thread.join(max(0, until - time.monotonic()))
    hung = [place for place, thread in enumerate(threads) if thread.is_alive()]
    assert not hung, f"calls {hung} of {len(calls)} have not ended within {timeout} s"
    return results
