"""All tests of messaging begin in the morning, when nobody's phone has to be silent."""

from collections.abc import Iterator
from datetime import date, datetime, time

import pytest
import time_machine
from support.sandbox import sandbox, sandbox_process

from zhijian.core.zone import CHINA
from zhijian.messaging import tasks

__all__ = ["sandbox", "sandbox_process"]


@pytest.fixture(autouse=True)
def _morning(request: pytest.FixtureRequest) -> Iterator[None]:
    # The sandbox's clock cannot be moved: who talks to it has the morning of this very day.
    day = date.today() if "sandbox" in request.fixturenames else date(2026, 11, 2)
    with time_machine.travel(datetime.combine(day, time(9), tzinfo=CHINA), tick=False):
        yield


@pytest.fixture
def nothing_leaves(monkeypatch: pytest.MonkeyPatch) -> None:
    """Messages stay in the inbox: no channel is asked."""
    monkeypatch.setattr(tasks, "deliver", lambda **given: True)
