"""``manage.py worker`` without a database."""

import time

import pytest
from django.core.management import CommandError, call_command

from zhijian.core.management.commands import worker


@pytest.mark.django_db
def test_gives_up_soon_and_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "connector_params", lambda: {"host": "127.0.0.1", "port": 9})
    started = time.monotonic()
    with pytest.raises(CommandError, match="连不上数据库"):
        call_command("worker")
    assert time.monotonic() - started < 10
