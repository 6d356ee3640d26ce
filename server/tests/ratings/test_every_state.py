"""Who may rate what, when: every state of a case and of a visit, and everybody who might try (tickets: test_tickets)."""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from appointments import day_factories as halls
from cases.factories import case_in
from cases.factories import make_world as make_office
from django.test import Client
from identity.factories import CitizenFactory, bearer
from organizations.factories import StaffFactory

from zhijian.appointments.actions import day
from zhijian.appointments.models import Visit
from zhijian.appointments.rules.states import VisitState
from zhijian.cases.rules.states import State
from zhijian.core.clock import now
from zhijian.identity.models import Citizen
from zhijian.organizations.rules import Post
from zhijian.ratings.models import Rating

pytestmark = pytest.mark.django_db
BODY = {"stars": 4, "tags": ["411"], "dimensions": {"efficiency": 4}, "comment": ""}


@pytest.fixture
def _monday_at_nine() -> Iterator[None]:
    with time_machine.travel("2026-11-02T09:00:00+08:00"):
        yield


def post(path: str, citizen: Citizen | None, client: Client | None = None) -> Any:
    headers = {"Idempotency-Key": f"key-{Rating.objects.count():07}"} | (bearer(citizen) if citizen else {})
    return (client or Client()).post(
        f"/api/v1/{path}/rating", json.dumps(BODY), content_type="application/json", headers=headers
    )


def nobody_else_may(path: str) -> None:
    """A stranger finds nothing; who is not logged in as a citizen, of the staff too, is asked to."""
    assert post(path, CitizenFactory()).status_code == 404
    assert post(path, None).status_code == 401
    for role in Post:
        clerk = Client()
        clerk.force_login(StaffFactory(posts=[role]), backend="zhijian.organizations.backends.StaffBackend")
        assert post(path, None, clerk).status_code == 401
    assert not Rating.objects.exists()


@pytest.mark.parametrize("state", list(State))
def test_cases(state: State) -> None:
    office = make_office()
    case = case_in(state, office)
    path = f"cases/{case.public_id}"
    nobody_else_may(path)
    answer = post(path, office.citizen)
    if state in {State.CONCLUDED, State.ARCHIVED}:
        assert answer.status_code == 201
        assert post(path, office.citizen).json()["code"] == "ratings.already_rated"
    else:
        assert answer.status_code == 409
        assert not Rating.objects.exists()


def waiting(world: halls.World) -> Visit:
    return halls.arrive(world)


def called(world: halls.World) -> Visit:
    halls.arrive(world)
    return halls.called(world)


def serving(world: halls.World) -> Visit:
    halls.arrive(world)
    return halls.serving(world)


def done(world: halls.World) -> Visit:
    return day.finish(world.officer.actor, visit=serving(world))


def skipped(world: halls.World) -> Visit:
    visit = called(world)
    Visit.objects.filter(pk=visit.pk).update(calls=3, called_at=now() - timedelta(hours=1))
    visit.refresh_from_db()
    return day.skip(world.officer.actor, visit=visit)


def left(world: halls.World) -> Visit:
    return day.leave(world.officer.actor, visit=called(world))


VISITS: dict[VisitState, Callable[[halls.World], Visit]] = {
    VisitState.WAITING: waiting,
    VisitState.CALLED: called,
    VisitState.SERVING: serving,
    VisitState.DONE: done,
    VisitState.SKIPPED: skipped,
    VisitState.LEFT: left,
}


@pytest.mark.usefixtures("_monday_at_nine")
@pytest.mark.parametrize("state", list(VisitState))
def test_visits(state: VisitState) -> None:
    visit = VISITS[state](halls.make_world())
    assert visit.state == state
    assert visit.citizen
    path = f"visits/{visit.public_id}"
    nobody_else_may(path)
    answer = post(path, visit.citizen)
    if state is VisitState.DONE:
        assert answer.status_code == 201
        assert post(path, visit.citizen).json()["code"] == "ratings.already_rated"
    else:
        assert (answer.status_code, answer.json()["code"]) == (409, "ratings.not_done_yet")
        assert not Rating.objects.exists()
