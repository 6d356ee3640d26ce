"""The database is away for half a minute: people are told, and all goes on by itself when it is back.

The web server stays as it is. The worker ends when it loses its listening connection, and is started again by
whoever watches it: here the launcher, in production systemd or Kubernetes.
"""

import re
import secrets
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import psutil
from support.applicant import Applicant, checked, insist
from support.city import City
from support.inside import one, process, until

AWAY = 30  # seconds
ANSWERS_WITHIN = 7  # seconds: the time allowed for a connection, and a little
BACK_WITHIN = 30

_RECEIPT = """
SELECT count(*) FROM cases_casedocument document JOIN cases_case c ON c.id = document.case_id
WHERE c.public_id = %s AND document.kind = 'receipt'
"""


def test_half_a_minute_without(city: City, applicant: Applicant) -> None:
    case_id, key = applicant.ready(), secrets.token_hex(16)
    web = process(city, "web").pid
    with _gone(city.home / "postgres"):
        back_at = time.monotonic() + AWAY
        _people_are_told(city, applicant, case_id, key)
        while time.monotonic() < back_at:
            assert applicant.http.get("/me", timeout=ANSWERS_WITHIN).status_code == 503
            time.sleep(1)

    submitted = insist(lambda: applicant.submit(case_id, key), seconds=BACK_WITHIN)
    assert checked(submitted).json()["state"] == "submitted"
    until(lambda: one(city, _RECEIPT, case_id) == 1, seconds=BACK_WITHIN, every=0.2)
    assert checked(httpx.get(f"{city.app}/healthz")).json()["status"] == "ok"
    assert process(city, "web").pid == web


def test_killed_database_is_started_again(city: City, applicant: Applicant) -> None:
    _postmaster(city.home / "postgres").kill()
    assert insist(lambda: applicant.http.get("/me"), seconds=BACK_WITHIN).status_code == 200


def _people_are_told(city: City, applicant: Applicant, case_id: str, key: str) -> None:
    for answer in (applicant.http.get("/cases"), applicant.submit(case_id, key)):
        assert answer.status_code == 503
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert answer.headers["Retry-After"] == "5"
        assert answer.json()["code"] == "core.unavailable"
        assert _chinese(answer.json()["title"])
    page = httpx.get(f"{city.console}/login/", timeout=ANSWERS_WITHIN)
    if page.status_code != 200:  # a log-in form needs no database until it is sent
        assert (page.status_code, _chinese(page.text)) == (503, True)
    page = httpx.get(f"{city.console}/", cookies={"sessionid": secrets.token_hex(16)}, timeout=ANSWERS_WITHIN)
    assert (page.status_code, _chinese(page.text)) == (503, True)
    assert httpx.get(f"{city.app}/public/catalog.json").status_code == 200  # guides stay readable
    for path in ("/healthz", "/readyz"):
        assert httpx.get(city.app + path, timeout=ANSWERS_WITHIN).status_code == 503


@contextmanager
def _gone(folder: Path) -> Iterator[None]:
    """Crashed, and its disk away, so that nobody can start it again before the block ends."""
    postmaster = _postmaster(folder)
    away = folder.with_name("postgres-away")
    postmaster.send_signal(signal.SIGQUIT)
    folder.rename(away)
    postmaster.wait(10)
    try:
        yield
    finally:
        away.rename(folder)


def _postmaster(folder: Path) -> psutil.Process:
    return psutil.Process(int((folder / "postmaster.pid").read_text().split()[0]))


def _chinese(text: str) -> bool:
    return bool(re.search(r"[\u4e00-\u9fff]{4,}", text))
