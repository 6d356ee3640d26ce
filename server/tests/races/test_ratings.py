"""Two ratings of one handling at the same time: one is kept."""

import pytest
from identity.factories import CitizenFactory
from organizations.factories import DepartmentFactory
from ratings.factories import TestKind, make_hall, poor_rating
from support.threads import at_once

from zhijian.ratings.actions import Opinion, assign, issue_code, rate, rate_by_code
from zhijian.ratings.errors import AlreadyRated, StateForbids
from zhijian.ratings.models import Rating, Rectification
from zhijian.ratings.subjects import Subject, register
from zhijian.ratings.subjects.counter import token_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("calendar_seeded")]


def test_one_of_many_wins() -> None:
    citizen, department = CitizenFactory.create(), DepartmentFactory.create()
    register(TestKind())

    def give(stars: int) -> Rating:
        subject = Subject(
            kind="test", reference="YZ1", department=department, channel="online", citizen=citizen
        )
        return rate(citizen.actor, subject=subject, opinion=Opinion(stars))

    results = at_once([lambda stars=stars: give(stars) for stars in (1, 2, 3, 4, 5)])  # type: ignore[misc]
    kept = Rating.objects.get()
    assert [result for result in results if isinstance(result, Rating)] == [kept]
    assert sum(isinstance(result, AlreadyRated) for result in results) == 4


def test_one_slip_is_good_for_one_rating() -> None:
    hall = make_hall()
    visit = issue_code(hall.window.actor, hall=hall.hall, department=hall.department, counter="A03")
    calls = [
        lambda n=n: rate_by_code(token=token_of(visit), opinion=Opinion(1), request_key=f"phone-{n}")
        for n in range(5)
    ]
    results = at_once(calls)  # type: ignore[arg-type]
    assert sum(isinstance(result, AlreadyRated) for result in results) == 4
    assert Rating.objects.count() == Rectification.objects.count() == 1


def test_two_heads_dispute_and_assign_at_once() -> None:
    from zhijian.ratings.actions import dispute

    hall = make_hall()
    order = poor_rating(hall)
    results = at_once(
        [
            lambda: assign(hall.approver.actor, order=order, officer=hall.officer),
            lambda: dispute(hall.manager.actor, order=order, ground="mistaken", note="评错了"),
        ]
    )
    order.refresh_from_db()
    # Assigned first, it can't be disputed by a head any more; disputed first, it can't be assigned.
    assert sum(isinstance(result, Exception) for result in results) == 1
    assert any(
        isinstance(result, StateForbids) or "post_forbids" in getattr(result, "code", "")
        for result in results
    )
    assert order.steps.count() == 2
