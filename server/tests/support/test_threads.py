"""Calls that start together."""

import threading

import pytest

from support.threads import at_once


def test_results_and_refusals_come_in_the_order_of_the_calls() -> None:
    def refuse() -> None:
        raise LookupError

    first, second, third = at_once([lambda: 1, refuse, lambda: 3])
    assert (first, third) == (1, 3)
    assert isinstance(second, LookupError)


def test_a_call_that_never_ends_fails_the_test() -> None:
    never = threading.Event()
    try:
        with pytest.raises(AssertionError, match=r"\[1\] of 2"):
            at_once([lambda: 1, never.wait], timeout=0.2)
    finally:
        never.set()
