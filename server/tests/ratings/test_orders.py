"""Ends and lights of rectification orders, what stays of them, and who sees which."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from ratings.factories import (
    Place,
    assigned,
    disputed,
    fixed,
    make_hall,
    poor_rating,
    published,
)

from zhijian.audit.models import AuditEntry
from zhijian.core.clock import now
from zhijian.core.errors import Problem
from zhijian.core.lights import Light
from zhijian.core.workdays import Workdays
from zhijian.core.zone import CHINA
from zhijian.ratings import actions
from zhijian.ratings.actions.opening import deadline
from zhijian.ratings.events import RectificationClosed, RectificationOpened
from zhijian.ratings.models import Rectification, RectificationStep
from zhijian.ratings.queries.rectifications import light_of, listed, one, visible_to, waiting_for
from zhijian.ratings.rules.rectification import State

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Place:
    return make_hall()


# Ends.


def test_ends_are_working_days(place: Place) -> None:
    """A Friday: the next working day is Monday."""
    friday = datetime(2026, 11, 20, 16, 0, tzinfo=CHINA)
    due, warn = deadline(State.OPEN, friday)
    assert due == datetime(2026, 11, 23, 23, 59, 59, tzinfo=CHINA)
    assert warn == friday
    due, warn = deadline(State.FIXING, friday)
    assert due == datetime(2026, 11, 27, 23, 59, 59, tzinfo=CHINA)
    assert warn == datetime(2026, 11, 26, 23, 59, 59, tzinfo=CHINA)
    assert deadline(State.PUBLISHED, friday) == (None, None)


@pytest.mark.parametrize(
    ("start", "contact", "fix"),
    [
        # 春节 2026: 15 to 23 February rest, Saturdays the 14th and the 28th are worked.
        (datetime(2026, 2, 13, 16), date(2026, 2, 14), date(2026, 2, 27)),
        (datetime(2026, 2, 14, 9), date(2026, 2, 24), date(2026, 2, 28)),
        (datetime(2026, 2, 18, 9), date(2026, 2, 24), date(2026, 2, 28)),
        # 国庆: 1 to 7 October rest, Saturday the 10th is worked. 中秋: Sunday 20 September for Friday the 25th.
        (datetime(2026, 9, 30, 9), date(2026, 10, 8), date(2026, 10, 13)),
        (datetime(2026, 10, 9, 9), date(2026, 10, 10), date(2026, 10, 15)),
        (datetime(2026, 9, 19, 9), date(2026, 9, 20), date(2026, 9, 24)),
    ],
)
def test_ends_over_the_holidays(start: datetime, contact: date, fix: date) -> None:
    moment = start.replace(tzinfo=CHINA)
    for state, end in ((State.OPEN, contact), (State.FIXING, fix)):
        due, warn = deadline(state, moment)
        assert due is not None
        assert due == datetime(end.year, end.month, end.day, 23, 59, 59, tzinfo=CHINA)
        assert warn is not None
        assert moment <= warn < due


def test_the_person_is_contacted_within_one_working_day_of_the_rating(place: Place) -> None:
    order = poor_rating(place)
    end = Workdays.load().add(order.opened_at, 1)
    assert order.due_at == end
    assert actions.assign(place.approver.actor, order=order, officer=place.officer).due_at == end


@pytest.mark.parametrize(("ago", "light"), [(timedelta(0), Light.YELLOW), (timedelta(days=20), Light.RED)])
def test_lights_are_right_without_a_worker(place: Place, ago: timedelta, light: Light) -> None:
    order = poor_rating(place)
    assert order.due_at is not None
    assert order.warn_at is not None
    order.due_at, order.warn_at = order.due_at - ago, order.warn_at - ago
    assert light_of(order) is light


def test_nothing_runs_once_it_is_over(place: Place) -> None:
    order = published(place)
    assert (order.due_at, light_of(order)) == (None, Light.NONE)
    assert order.closed_at is not None


# What stays.


@pytest.mark.parametrize("table", ["ratings_rectificationstep", "ratings_rating"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_database_refuses_change(place: Place, table: str, statement: str) -> None:
    poor_rating(place)
    with (
        pytest.raises(IntegrityError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(table))


def test_steps_tell_the_whole_story(place: Place) -> None:
    order = published(place)
    steps = RectificationStep.objects.filter(rectification=order)
    assert [step.action for step in steps] == ["opened", "assign", "contact", "fix", "call_back", "publish"]
    assert steps[2].note == "已电话联系，对方要求道歉"
    with connection.cursor() as cursor:
        cursor.execute("SELECT note FROM ratings_rectificationstep")
        assert not any("联系".encode() in bytes(note) for (note,) in cursor.fetchall())
    actions_audited = AuditEntry.objects.filter(subject=f"rectification:{order.public_id}")
    assert set(actions_audited.values_list("action", flat=True)) == {
        "rectification.opened",
        "rectification.assign",
        "rectification.contact",
        "rectification.fix",
        "rectification.call_back",
        "rectification.publish",
    }


def test_events(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[Any] = []
    for module in ("opening", "rectifying"):
        monkeypatch.setattr(f"zhijian.ratings.actions.{module}.emit", told.append)
    order = published(place)
    opened, closed = told
    assert isinstance(opened, RectificationOpened)
    assert order.rating.public_id == opened.rating_id
    assert closed == RectificationClosed(
        order.public_id, order.rating.public_id, place.department.code, published=True
    )


def test_audit_and_events_hold_no_words_of_people(place: Place) -> None:
    published(place)
    facts = " ".join(str(entry.facts) for entry in AuditEntry.objects.all())
    assert "道歉" not in facts
    assert "等了一上午" not in facts


# Who sees what.


def test_scope(place: Place) -> None:
    mine, other = assigned(place), poor_rating(place)
    elsewhere = poor_rating(make_hall())
    assert set(visible_to(place.approver)) == {mine, other}
    assert set(visible_to(place.supervisor)) == {mine, other}
    assert set(visible_to(place.officer)) == {mine}
    assert set(visible_to(place.colleague)) == set()
    with pytest.raises(Problem) as refusal:
        one(place.approver, elsewhere.public_id)
    refusal.value.tell()
    assert AuditEntry.objects.get(action="rectification.out_of_scope").outcome == "refused"


def test_what_waits_for_whom(place: Place) -> None:
    poor_rating(place), assigned(place), fixed(place), disputed(place)
    assert waiting_for(place.approver).count() == 2  # to assign, to call back
    assert waiting_for(place.officer).count() == 1
    assert waiting_for(place.supervisor).count() == 1
    assert waiting_for(place.colleague).count() == 0


@pytest.mark.parametrize(
    ("desk", "count"), [("open", 2), ("mine", 1), ("closed", 1), ("overdue", 1), ("nonsense", 2)]
)
def test_desks(place: Place, desk: str, count: int, django_assert_num_queries: Any) -> None:
    poor_rating(place), published(place)
    late = assigned(place)
    Rectification.objects.filter(pk=late.pk).update(due_at=now() - timedelta(days=1))
    listed(place.approver, desk=desk)
    with django_assert_num_queries(1):
        page = listed(place.approver, desk=desk)
        [(order.rating.stars, order.department.name) for order in page.items]
    assert len(page.items) == count
