"""Whom the brake counts."""

from datetime import datetime

import pytest
import time_machine
from django.test import RequestFactory

from zhijian.core.errors import TooMany
from zhijian.core.throttle import brake, caller_address
from zhijian.core.zone import CHINA


@pytest.mark.parametrize(
    ("peer", "forwarded", "caller"),
    [
        ("8.8.8.8", "", "8.8.8.8"),
        ("8.8.8.8", "198.51.100.1", "8.8.8.8"),  # a stranger may claim anything
        ("127.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("10.0.0.2", "6.6.6.6, 198.51.100.1", "198.51.100.1"),  # only the last is our proxy's word
        ("127.0.0.1", "not an address", "127.0.0.1"),
        ("::1", "2001:db8::7", "2001:db8::7"),
        ("", "198.51.100.1", ""),
    ],
)
def test_caller_address(peer: str, forwarded: str, caller: str) -> None:
    request = RequestFactory().get("/", REMOTE_ADDR=peer, HTTP_X_FORWARDED_FOR=forwarded)
    assert caller_address(request) == caller


def test_window_ends() -> None:
    request = RequestFactory().get("/")
    with time_machine.travel(datetime(2025, 3, 7, 12, 0, 50, tzinfo=CHINA), tick=False) as travel:
        brake(request, scope="x", limit=1, seconds=60)
        with pytest.raises(TooMany) as refusal:
            brake(request, scope="x", limit=1, seconds=60)
        assert refusal.value.retry_after == 10
        brake(request, scope="y", limit=1, seconds=60)
        travel.shift(11)
        brake(request, scope="x", limit=1, seconds=60)
