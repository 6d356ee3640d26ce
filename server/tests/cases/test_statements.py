"""What a citizen's request asks of the database, statement by statement: one more needs a reason."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from calendars.factories import changed, days, enter
from cases.factories import (
    ANSWERS,
    FORM,
    World,
    concluded_case,
    corrected_case,
    delivering_case,
    draft_case,
    give,
    make_citizen,
    make_world,
    refused_case,
    reviewing_case,
    submitted_case,
    suspended_case,
)
from cases.test_api import App, key
from cases.test_drafts import republish
from catalog.factories import spec_data
from django.db import connection
from django.test.utils import CaptureQueriesContext

from zhijian.cases.models import Case
from zhijian.cases.queries.versions import version

pytestmark = pytest.mark.django_db
_TARGET = re.compile(r'(?:FROM|INTO|UPDATE) "?(\w+)|(nextval|pg_advisory\w+|procrastinate_defer\w+)')
WHO = "SELECT identity_session"
KEY = "INSERT core_idempotencyrecord"
ANSWERED = "UPDATE core_idempotencyrecord"
LOCKED = "SELECT cases_case FOR UPDATE"
CALENDAR = "SELECT core_calendaryear"  # and its days


def said(statement: str) -> str:
    words = statement.split()
    target = _TARGET.search(statement)
    named = f" {target[1] or target[2]}" if target else ""
    return f"{words[0]}{named}{' FOR UPDATE' if 'FOR UPDATE' in statement else ''}"


def statements(request: Callable[[], Any]) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        assert request().status_code in {200, 201}
    return [said(query["sql"]) for query in captured.captured_queries]


@pytest.fixture
def world() -> World:
    world = make_world()
    version(world.version.pk)  # which a process reads once
    return world


@pytest.fixture
def app(world: World) -> App:
    return App(world.citizen)


def test_opening_a_draft(world: World, app: App) -> None:
    body = {"item_code": world.version.code, "answers": ANSWERS}
    assert statements(lambda: app.call("POST", "/cases", body, **key())) == [
        WHO,
        "SAVEPOINT",
        KEY,
        "SAVEPOINT",
        "SELECT cases_case",
        "SELECT catalog_itemversion",
        "INSERT cases_case",
        "INSERT audit_auditentry",
        "RELEASE",
        "SELECT cases_casematerial",
        ANSWERED,
        "RELEASE",
    ]


def test_saving_a_part(world: World, app: App) -> None:
    path = f"/cases/{draft_case(world).public_id}/form"
    assert statements(lambda: app.call("PATCH", path, {"values": FORM})) == [
        WHO,
        "SELECT cases_case",
        "SAVEPOINT",
        LOCKED,
        "UPDATE cases_case",
        "RELEASE",
        "SELECT cases_casematerial",
        "SELECT cases_casefile",
    ]


@pytest.mark.parametrize("more", [0, 3])
def test_submitting(world: World, app: App, more: int) -> None:
    case = draft_case(world)
    for _ in range(more):
        give(case, "lease")
    path = f"/cases/{case.public_id}/submit"
    assert statements(lambda: app.call("POST", path, {"consent": True}, **key())) == [
        WHO,
        "SAVEPOINT",
        KEY,
        "SELECT cases_case",
        "SAVEPOINT",
        LOCKED,
        "SELECT cases_casematerial",
        "SELECT cases_casefile",
        "SELECT nextval",
        "SELECT pg_advisory_xact_lock_shared",
        CALENDAR,
        "UPDATE cases_case",
        "INSERT cases_casestep",
        "INSERT audit_auditentry",
        "SELECT procrastinate_defer_jobs_v1",
        "RELEASE",
        "SELECT cases_casestep",
        CALENDAR,
        ANSWERED,
        "RELEASE",
    ]


def test_ones_own_cases(world: World, app: App) -> None:
    for make in (submitted_case, reviewing_case, draft_case):
        make(world)
    assert statements(lambda: app.call("GET", "/cases")) == [WHO, "SELECT cases_case", CALENDAR]


def test_one_case(world: World, app: App) -> None:
    path = f"/cases/{submitted_case(world).public_id}"
    assert statements(lambda: app.call("GET", path)) == [
        WHO,
        "SELECT cases_case",
        "SELECT cases_casematerial",
        "SELECT cases_casefile",
        "SELECT cases_casestep",
        CALENDAR,
    ]


# --- what is not asked anew is the same


CHANGES: dict[str, tuple[Callable[..., Case], str, str, Any]] = {
    "save": (draft_case, "PATCH", "/form", {"values": FORM}),
    "answers": (draft_case, "PUT", "/answers", {"answers": {"home": "own"}}),
    "delivery": (draft_case, "PUT", "/delivery", {"method": "pickup", "hall": "city"}),
    "refresh": (draft_case, "POST", "/refresh", None),
    "submit": (draft_case, "POST", "/submit", {"consent": True}),
    "save a correction": (
        corrected_case,
        "PATCH",
        "/form",
        {"values": {"address": "云州市试验路2号"}, "revision": 9},
    ),
    "resubmit": (corrected_case, "POST", "/resubmit", None),
    "urge": (suspended_case, "POST", "/urge", {"note": "请尽快办理"}),
    "withdraw": (reviewing_case, "POST", "/withdraw", {"reason": "不办了"}),
    "confirm": (delivering_case, "POST", "/confirm-receipt", None),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_answers_what_reading_tells(world: World, app: App, change: str) -> None:
    make, method, rest, body = CHANGES[change]
    case = make(world)
    if change == "resubmit":
        give(case, "lease")
    path = f"/cases/{case.public_id}"
    if change == "refresh":
        republish(materials=spec_data()["materials"][1:])
    answer = app.call(method, path + rest, body, **key())
    assert answer.status_code == 200, answer.content
    assert answer.json() == app.call("GET", path).json()


def test_a_new_draft_answers_what_reading_tells(world: World, app: App) -> None:
    opened = app.call("POST", "/cases", {"item_code": world.version.code, "answers": ANSWERS}, **key())
    assert opened.json() == app.call("GET", f"/cases/{opened.json()['id']}").json()


@pytest.mark.parametrize(
    ("make", "part"),
    [
        (corrected_case, "correction"),
        (concluded_case, "result"),
        (refused_case, "refusal"),
        (suspended_case, "clock"),
    ],
)
def test_what_happened_is_told(world: World, app: App, make: Callable[..., Case], part: str) -> None:
    told = app.call("GET", f"/cases/{make(world).public_id}").json()
    assert told[part]
    assert part != "clock" or [pause["reason"][:2] for pause in told["clock"]["pauses"]]


def test_a_replaced_calendar_counts_for_the_next_submission(world: World, app: App) -> None:
    other = World(world.office, world.version, make_citizen())
    first, second = draft_case(world), draft_case(other)

    def due(by: App, case: Case) -> Any:
        return by.call("POST", f"/cases/{case.public_id}/submit", {"consent": True}, **key()).json()["due_on"]

    assert due(app, first) == "2026-11-09"
    enter(changed(2026, *days(date(2026, 11, 3), date(2026, 11, 5))))
    assert due(App(other.citizen), second) == "2026-11-12"
    mine = app.call("GET", f"/cases/{first.public_id}").json()
    assert (mine["due_on"], mine["days_left"]) == ("2026-11-12", 5)
