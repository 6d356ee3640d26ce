"""Reading among 100,000 cases: an officer's queue with its HTML, a citizen's own list."""

from typing import TYPE_CHECKING, Any

from support.city import City

from bench.cases.people import token_of
from bench.cases.seed import BUSY_CITIZEN
from bench.client import Client, Unexpected
from bench.figures import Value, latency
from bench.progress import say

if TYPE_CHECKING:
    from zhijian.organizations.models import Staff

TIMES = 150
_WARM_UP = 10
_QUEUE = "/console/cases/"


def queue(city: City) -> dict[str, Value]:
    say("cases: the queue …")
    officer, waiting = busiest_officer()
    return {
        **latency("queue_20", queue_seconds(city, TIMES)),
        "queue_20_queries": _queries(officer),
        "queue_length": waiting,
    }


def queue_seconds(city: City, times: int) -> list[float]:
    """How long the busiest officer waits for their queue, so many times."""
    officer, _ = busiest_officer()
    with Client(city.port, headers={"Cookie": f"sessionid={session_of(officer)}"}) as client:
        if client.get(_QUEUE).body.decode().count("<tr") < 20:
            raise Unexpected("the queue shows fewer than 20 cases")
        return [client.get(_QUEUE).seconds for _ in range(_WARM_UP + times)][_WARM_UP:]


def my_cases(city: City) -> dict[str, Value]:
    say("cases: a citizen's list …")
    with Client(city.port, headers={"Authorization": f"Bearer {token_of(BUSY_CITIZEN)}"}) as client:
        if len(client.get("/api/v1/cases").json()["items"]) != 20:
            raise Unexpected("the list doesn't fill a page")
        seconds = [client.get("/api/v1/cases").seconds for _ in range(_WARM_UP + TIMES)]
    return latency("my_cases", seconds[_WARM_UP:])


def busiest_officer() -> tuple["Staff", int]:
    """The case officer with the longest queue, and its length."""
    from zhijian.cases.queries.staff import work_of
    from zhijian.organizations.models import Staff
    from zhijian.organizations.rules import Post

    officers = Staff.objects.filter(holdings__post=Post.CASE_OFFICER, is_active=True).distinct()
    waiting, _, busiest = max((work_of(officer).count(), officer.pk, officer) for officer in officers)
    return busiest, waiting


def session_of(officer: "Staff") -> str:
    return _browser(officer).cookies["sessionid"].value


def _queries(officer: "Staff") -> int:
    """Statements of one request by a logged-in officer, all middleware included; a first request warms caches up."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    browser = _browser(officer)
    browser.get(_QUEUE)
    with CaptureQueriesContext(connection) as captured:
        answer = browser.get(_QUEUE)
    if answer.status_code != 200:
        raise Unexpected(f"{_QUEUE}: {answer.status_code}")
    return len(captured)


def _browser(officer: "Staff") -> Any:
    """Django's test client, logged in."""
    from django.test import Client as Browser

    browser = Browser()
    browser.force_login(officer, backend="zhijian.organizations.backends.StaffBackend")
    return browser
