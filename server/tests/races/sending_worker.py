"""Run by test_campaign_killed: a real worker on the campaigns' queue. Given a file, it stops in the middle of its
second batch, says so there, and stays; else it works until nothing is left."""

import os
import sys
import time
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from procrastinate.contrib.django import app  # noqa: E402

from zhijian.messaging.actions.campaigns import sending  # noqa: E402

_tell = sending._tell
batches = 0


def stay(campaign, rows):  # type: ignore[no-untyped-def]
    global batches
    _tell(campaign, rows)
    batches += 1
    if batches == 2:
        Path(sys.argv[1]).write_text("in the middle")
        time.sleep(120)


if len(sys.argv) > 1:
    sending._tell = stay
with app.replace_connector(app.connector.get_worker_connector()) as worker:  # type: ignore[attr-defined]
    worker.run_worker(
        wait=False, queues=["messages", "upkeep"], install_signal_handlers=False, listen_notify=False
    )
