"""A campaign to 100,000 people who want it, sent by workers of which one is killed twice in the middle."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from support.city import ROOT, City

from bench.database import connect
from bench.figures import Value
from bench.progress import say

if TYPE_CHECKING:
    from zhijian.messaging.models import Campaign

PEOPLE = 100_000
PURPOSE = "city_activity"
_WORKERS = 2  # besides the platform's own
_KILLED_AT = (0.2, 0.5)  # of the campaign
_PATIENCE = 600  # seconds
_BATCH = 5_000
_WORKER = """
import django
django.setup()
from procrastinate.contrib.django import app
with app.replace_connector(app.connector.get_worker_connector()) as worker:
    worker.run_worker(queues=["messages"], install_signal_handlers=False)
"""


def measure(city: City) -> dict[str, Value]:
    connect()
    _make_readers()
    campaign = _approved()
    with _workers() as workers:
        started = time.monotonic()
        campaign = _start(campaign)
        queued = time.monotonic() - started
        say(f"messages: {campaign.size:,} queued in {queued:.1f} s")
        killed = _watch(campaign, workers)
        seconds = time.monotonic() - started
    told, people = _told(campaign)
    return {
        "campaign_people": campaign.size or 0,
        "campaign_queue_s": round(queued, 2),
        "messages_per_s": round(told / seconds),
        "messages_workers_killed": killed,
        "duplicates": told - people,
        "lost": (campaign.size or 0) - people,
    }


def _make_readers() -> None:
    """Citizens who switched the campaign's purpose on; kept from run to run."""
    from zhijian.core.clock import now
    from zhijian.core.crypto import blind_index
    from zhijian.identity.models import Citizen
    from zhijian.messaging.models import PurposeSwitch

    wanted = {"purpose": PURPOSE, "channel": "inbox", "on": True}
    present = PurposeSwitch.objects.filter(**wanted).count()
    if present >= PEOPLE:
        return
    say(f"messages: seeding {PEOPLE:,} readers …")
    moment = now()
    phones = [f"19950{number:06d}" for number in range(PEOPLE - present)]
    for start in range(0, len(phones), _BATCH):
        citizens = Citizen.objects.bulk_create(
            Citizen(phone=phone, phone_index=blind_index("phone", phone))
            for phone in phones[start : start + _BATCH]
        )
        PurposeSwitch.objects.bulk_create(
            PurposeSwitch(citizen=citizen, changed_at=moment, **wanted) for citizen in citizens
        )


def _approved() -> "Campaign":
    from zhijian.messaging.actions import campaigns
    from zhijian.messaging.rules.campaigns import Text
    from zhijian.organizations.models import Staff

    author, second = (Staff.objects.get(username=name) for name in ("zw_operate1", "zw_supervise1"))
    text = Text("流感疫苗免费接种", "60岁以上市民可以在社区卫生服务中心免费接种流感疫苗。")
    draft = campaigns.Draft(name="压力测试", purpose=PURPOSE, zh=text)
    campaign = campaigns.create(author.actor, author=author, draft=draft)
    campaigns.submit(author.actor, campaign=campaign)
    return campaigns.approve(second.actor, campaign=campaign)


def _start(campaign: "Campaign") -> "Campaign":
    from zhijian.messaging.actions import campaigns

    return campaigns.start(campaign.author.actor, campaign=campaign)


@contextmanager
def _workers() -> Iterator[list[subprocess.Popen[bytes]]]:
    running = [_worker() for _ in range(_WORKERS)]
    time.sleep(3)  # importing is not what is measured
    try:
        yield running
    finally:
        for process in running:
            process.kill()
            process.wait()


def _worker() -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", _WORKER],
        cwd=ROOT / "server",
        env=os.environ | {"PYTHONPATH": str(ROOT / "server")},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _watch(campaign: "Campaign", workers: list[subprocess.Popen[bytes]]) -> int:
    """Wait for the end; kill a worker at each of the marks, and let another begin in its place. How many died."""
    from zhijian.messaging.models import Campaign, Recipient

    marks, killed = list(_KILLED_AT), 0
    deadline = time.monotonic() + _PATIENCE
    while Campaign.objects.get(pk=campaign.pk).state != "done":
        if time.monotonic() > deadline:
            raise RuntimeError("the campaign never came to its end")
        sent = Recipient.objects.filter(campaign=campaign, state="sent").count()
        if marks and sent >= marks[0] * (campaign.size or 0):
            marks.pop(0)
            workers[0].send_signal(signal.SIGKILL)
            workers[0].wait()
            workers.append(workers.pop(0))
            workers[-1] = _worker()
            killed += 1
            say(f"messages: killed a worker at {sent:,}")
        time.sleep(0.1)
    return killed


def _told(campaign: "Campaign") -> tuple[int, int]:
    """Messages, and the different people who have them."""
    from zhijian.messaging.models import Message

    found = Message.objects.filter(campaign=campaign)
    return found.count(), found.values("citizen").distinct().count()
