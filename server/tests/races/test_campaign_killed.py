"""A campaign whose worker is killed twice in the middle of a batch: everybody is told, nobody twice."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.db import connection
from django.db.models import Count
from messaging.factories import Desk, queued_campaign
from procrastinate.exceptions import AlreadyEnqueued

from zhijian.core.clock import now
from zhijian.core.crypto import blind_index
from zhijian.core.tasks import rescue_stalled
from zhijian.identity.models import Citizen
from zhijian.messaging.models import Campaign, Message, PurposeSwitch, Recipient
from zhijian.messaging.rules.campaigns import State

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
SERVER = Path(__file__).resolve().parents[2]
SCRIPT = Path(__file__).with_name("sending_worker.py")
PEOPLE = 2000


@pytest.fixture
def campaign() -> Campaign:
    citizens = Citizen.objects.bulk_create(
        Citizen(phone=f"1990000{n:04d}", phone_index=blind_index("phone", f"1990000{n:04d}"))
        for n in range(PEOPLE)
    )
    PurposeSwitch.objects.bulk_create(
        PurposeSwitch(citizen=citizen, purpose="city_activity", channel="inbox", on=True, changed_at=now())
        for citizen in citizens
    )
    return queued_campaign(Desk())


@pytest.fixture
def worker() -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    """Starts a worker on the test's database; none outlives the test."""
    started: list[subprocess.Popen[bytes]] = []

    def start(*arguments: str) -> subprocess.Popen[bytes]:
        url = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}")
        changes = {"DATABASE_URL": urlunsplit(url), "PYTHONPATH": str(SERVER)}
        command = [sys.executable, str(SCRIPT), *arguments]
        started.append(subprocess.Popen(command, cwd=SERVER, env=os.environ | changes))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.wait(10)


def kill_in_the_middle(process: subprocess.Popen[bytes], middle: Path) -> None:
    until = time.monotonic() + 90
    while not middle.exists():
        assert process.poll() is None, "the worker ended early"
        assert time.monotonic() < until, "the worker never came to its second batch"
        time.sleep(0.1)
    process.send_signal(signal.SIGKILL)
    process.wait(10)


def give_its_job_to_another() -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '10 minutes'")
    with suppress(AlreadyEnqueued):  # the killed one may have put it there, as it is due every minute
        rescue_stalled.defer(timestamp=0)


def test_killed_twice_everybody_is_told_once(
    campaign: Campaign, tmp_path: Path, worker: Callable[..., subprocess.Popen[bytes]]
) -> None:
    assert campaign.size == PEOPLE
    told = 0
    for turn in range(2):
        middle = tmp_path / f"middle-{turn}"
        kill_in_the_middle(worker(str(middle)), middle)
        assert told < Message.objects.count() < PEOPLE
        told = Message.objects.count()
        assert Recipient.objects.filter(state="sent").count() == told
        give_its_job_to_another()
    assert worker().wait(120) == 0
    assert Message.objects.count() == PEOPLE
    assert not Message.objects.values("citizen").annotate(times=Count("id")).filter(times__gt=1).exists()
    assert not Recipient.objects.exclude(state="sent").exists()
    campaign.refresh_from_db()
    assert campaign.state == State.DONE
