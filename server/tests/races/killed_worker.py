"""Run by test_worker_killed: a real worker that says when it is in the middle of a PDF, and stays there."""

import os
import sys
import time
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from procrastinate.contrib.django import app  # noqa: E402

from zhijian.licences import documents  # noqa: E402

_make = documents.make


def stay(licence: object) -> bytes:
    document = _make(licence)  # type: ignore[arg-type]
    Path(sys.argv[1]).write_text("in the middle")
    time.sleep(120)
    return document


if len(sys.argv) > 1:
    documents.make = stay
with app.replace_connector(app.connector.get_worker_connector()) as worker:  # type: ignore[attr-defined]
    worker.run_worker(
        wait=False, queues=["documents", "upkeep"], install_signal_handlers=False, listen_notify=False
    )
