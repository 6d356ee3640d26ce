"""All tests of messaging begin on a Monday morning, when nobody's phone has to be silent."""

from collections.abc import Iterator

import pytest
import time_machine
from support.sandbox import sandbox, sandbox_process

__all__ = ["sandbox", "sandbox_process"]


@pytest.fixture(autouse=True)
def _monday_morning(request: pytest.FixtureRequest) -> Iterator[None]:
    with time_machine.travel("2026-11-02T09:00:00+08:00", tick=False):
        yield
