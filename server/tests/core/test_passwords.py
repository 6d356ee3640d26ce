"""Passwords are hashed beside the threads that serve, and a flood of log-ins is turned away instead of queued."""

import threading
import time
from collections.abc import Iterator

import pytest
from axes.models import AccessAttempt
from axes.utils import reset
from django.contrib.auth.hashers import PBKDF2PasswordHasher, check_password, make_password
from django.test import Client
from organizations.factories import StaffFactory
from support.threads import at_once

from zhijian.core.passwords import PasswordsBusy, PatientHasher, Queue
from zhijian.organizations.rules import Post

PASSWORD = "ein-langes-Kennwort"
LOGIN = "/console/login/"


def test_passwords_of_before_stay_good() -> None:
    former = PBKDF2PasswordHasher().encode(PASSWORD, "salt", 1_000)
    assert check_password(PASSWORD, former)
    assert not check_password("another", former)
    assert make_password(PASSWORD).startswith("pbkdf2_sha256$")
    assert PatientHasher().encode(PASSWORD, "salt", 1_000) == former


def test_beyond_the_seats_nobody_waits() -> None:
    queue, go = Queue(at_once=3), threading.Event()
    waiting = [threading.Thread(target=queue.run, args=(lambda: str(go.wait(10)),)) for _ in range(3)]
    for thread in waiting:
        thread.start()
    while queue._seats._value:  # type: ignore[attr-defined]
        time.sleep(0.001)
    start = time.monotonic()
    with pytest.raises(PasswordsBusy) as refusal:
        queue.run(lambda: "")
    assert time.monotonic() - start < 1
    assert refusal.value.retry_after == 3
    go.set()
    for thread in waiting:
        thread.join(10)
    assert queue.run(lambda: "free again") == "free again"


def test_a_failing_hash_gives_its_seat_back() -> None:
    queue = Queue(at_once=1)
    for _ in range(3):
        with pytest.raises(ZeroDivisionError):
            queue.run(lambda: str(1 / 0))
    assert queue.run(lambda: "well") == "well"


def test_hashing_yields_to_other_threads() -> None:
    """The hashing thread is the one that has been told to be patient, not the caller's."""
    names: list[str] = []
    Queue().run(lambda: names.append(threading.current_thread().name) or "")
    assert names[0].startswith("passwords")


@pytest.fixture
def _no_attempts() -> Iterator[None]:
    yield
    reset()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_no_attempts")
def test_a_flood_of_logins_holds_no_threads() -> None:
    """Twenty-four at once with names that do not exist: few are looked at, the others get words, none is a wrong try of theirs."""

    def post(number: int) -> tuple[int, float, str]:
        start = time.monotonic()
        answer = Client().post(LOGIN, {"username": f"nobody{number}", "password": PASSWORD})
        return answer.status_code, time.monotonic() - start, answer.content.decode()

    answers = at_once([lambda number=number: post(number) for number in range(24)])
    turned_away = [(seconds, page) for status, seconds, page in answers if status == 503]
    looked_at = [status for status, *_ in answers if status == 200]
    assert len(turned_away) + len(looked_at) == 24
    assert len(turned_away) >= 12
    assert all("请过几秒再试" in page for _, page in turned_away)
    assert AccessAttempt.objects.count() == len(looked_at)


@pytest.mark.django_db
@pytest.mark.usefixtures("_no_attempts")
def test_one_address_may_not_try_names_without_end(client: Client) -> None:
    staff = StaffFactory(posts=[Post.CASE_OFFICER])
    staff.set_password(PASSWORD)
    staff.save()
    for number in range(120):
        client.post(LOGIN, {"username": f"nobody{number}", "password": ""})
    refused = client.post(LOGIN, {"username": staff.username, "password": PASSWORD})
    assert (refused.status_code, "这个网络上登录的次数太多" in refused.content.decode()) == (429, True)
    elsewhere = client.post(LOGIN, {"username": staff.username, "password": PASSWORD}, REMOTE_ADDR="8.8.4.4")
    assert elsewhere.status_code == 302
