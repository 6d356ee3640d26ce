"""Tests of the calendar begin on a Monday morning whose weeks are known."""

from collections.abc import Iterator

import pytest
import time_machine


@pytest.fixture(autouse=True)
def _monday_morning() -> Iterator[None]:
    with time_machine.travel("2026-11-02T09:00:00+08:00"):
        yield
