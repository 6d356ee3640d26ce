"""A worker killed in the middle of a PDF: another one finishes, and there is one PDF."""

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
from django.conf import settings
from django.db import connection
from django.test import override_settings
from identity.factories import CitizenFactory
from organizations.factories import DepartmentFactory
from procrastinate.exceptions import AlreadyEnqueued

from zhijian.core.actor import SYSTEM
from zhijian.core.files import StoredFile
from zhijian.core.tasks import rescue_stalled
from zhijian.licences.actions import issue
from zhijian.licences.models import Licence
from zhijian.licences.rules import Content

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
SERVER = Path(__file__).resolve().parents[2]
SCRIPT = Path(__file__).with_name("killed_worker.py")


@pytest.fixture
def licence() -> Licence:
    return issue(
        SYSTEM,
        citizen=CitizenFactory.create(real_named=True),
        department=DepartmentFactory.create(),
        licence_type="residence_permit",
        name="居住证",
        content=Content(),
    )


@pytest.fixture(autouse=True)
def _files_where_workers_put_them() -> Iterator[None]:
    with override_settings(FILES_URL=(settings.HOME / "files").as_uri()):
        yield


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


def wait_for(path: Path, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 60
    while not path.exists():
        assert process.poll() is None, "the worker ended early"
        assert time.monotonic() < until, "the worker never came to the PDF"
        time.sleep(0.1)


def let_its_heartbeat_grow_old() -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '10 minutes'")


def test_killed_in_the_middle_then_finished_by_another(
    licence: Licence, tmp_path: Path, worker: Callable[..., subprocess.Popen[bytes]]
) -> None:
    middle = tmp_path / "middle"
    first = worker(str(middle))
    wait_for(middle, first)
    first.send_signal(signal.SIGKILL)
    first.wait(10)
    licence.refresh_from_db()
    assert (licence.file, licence.digest) == (None, "")

    let_its_heartbeat_grow_old()
    with suppress(AlreadyEnqueued):  # the killed one may have put it there, as it is due every minute
        rescue_stalled.defer(timestamp=0)
    assert worker().wait(90) == 0
    licence.refresh_from_db()
    assert licence.file is not None
    assert licence.file.read().startswith(b"%PDF-")
    assert StoredFile.objects.count() == 1
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT status, count(*) FROM procrastinate_jobs WHERE task_name = 'zhijian.licences.tasks.make_document' GROUP BY 1"
        )
        assert cursor.fetchall() == [("succeeded", 1)]
