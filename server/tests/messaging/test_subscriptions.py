"""News of cases and licences becomes messages, once."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from cases.factories import (
    World,
    accepted_case,
    concluded_case,
    corrected_case,
    delivering_case,
    make_world,
    refused_case,
    rejected_case,
    returned_case,
    suspended_case,
    voided_case,
)
from licences.factories import LicenceFactory
from messaging.factories import consent
from procrastinate.contrib.django import app
from support.tasks import run_pending

from zhijian.cases import actions
from zhijian.cases.models import Case
from zhijian.core.actor import SYSTEM
from zhijian.core.clock import now, today
from zhijian.licences.actions import revoke
from zhijian.licences.models import Licence
from zhijian.messaging import subscriptions, tasks
from zhijian.messaging.models import Message, Tag
from zhijian.messaging.queries.templates import shipped
from zhijian.messaging.subscriptions import licences

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nothing_leaves")]


@pytest.fixture
def world() -> World:
    return make_world()


def told() -> list[str]:
    return list(Message.objects.order_by("happened_at", "id").values_list("template", flat=True))


@pytest.mark.parametrize(
    ("reach", "expected"),
    [
        (corrected_case, ["case.submitted", "case.correction"]),
        (rejected_case, ["case.submitted", "case.rejected"]),
        (accepted_case, ["case.submitted", "case.accepted"]),
        (suspended_case, ["case.submitted", "case.accepted", "case.suspended"]),
        (refused_case, ["case.submitted", "case.accepted", "case.refused"]),
        (delivering_case, ["case.submitted", "case.accepted", "case.approved", "case.result_ready"]),
        (concluded_case, ["case.submitted", "case.accepted", "case.approved", "case.concluded"]),
        (returned_case, ["case.submitted", "case.returned"]),
        (
            voided_case,
            [
                "case.submitted",
                "case.accepted",
                "case.approved",
                "case.concluded",
                "case.voided",
                "licence.revoked",
            ],
        ),
    ],
)
def test_the_life_of_a_case(world: World, reach: Callable[[World], Case], expected: list[str]) -> None:
    case = reach(world)
    run_pending()
    assert sorted(told()) == sorted(expected)
    for message in Message.objects.all():
        assert message.citizen == world.citizen
        assert message.link in {f"/pages/case/detail?id={case.public_id}", "/pages/mine/licences"}
        assert "{" not in (message.title or "") + (message.body or "")


def test_what_the_correction_says(world: World) -> None:
    case = corrected_case(world)
    run_pending()
    message = Message.objects.get(template="case.correction")
    due = case.correction.due_at
    assert "有2处需要补正" in (message.body or "")
    assert f"{due.month}月{due.day}日" in (message.body or "")


def test_a_refused_case_is_not_called_done(world: World) -> None:
    case = refused_case(world)
    actions.conclude(world.office.window.actor, case=case)
    run_pending()
    assert "case.concluded" not in told()


def test_a_repeated_task_tells_once(world: World) -> None:
    case = accepted_case(world)
    run_pending()
    name = f"{subscriptions.__name__}.base.case.accepted"
    for _ in range(2):
        app.tasks[name].func(case_id=case.public_id, number=case.number, state=case.state, action="accept")
    assert told().count("case.accepted") == 1


def test_told_late_it_stands_where_it_happened(world: World) -> None:
    case = accepted_case(world)
    with time_machine.travel(now() + timedelta(days=5), tick=False):
        run_pending()
        message = Message.objects.get(template="case.accepted")
        assert message.happened_at == case.steps.get(action="accept").at
        assert message.created_at > message.happened_at


def test_every_template_of_cases_is_used() -> None:
    used = {name.removeprefix("zhijian.messaging.subscriptions.base.") for name in app.tasks}
    events = {code for code in shipped() if code.startswith("case.")}
    assert events <= used


def licence(until: date, **fields: Any) -> Licence:
    found: Licence = LicenceFactory(name="机动车驾驶证", valid_to=until, **fields)
    return found


def test_expiring_licences_are_told_of_once(django_assert_num_queries: Any) -> None:
    for days in (0, 60, 61, -1):
        licence(today() + timedelta(days=days))
    licence(today() + timedelta(days=5), status="revoked", revoked_at=now())
    for _ in range(2):
        tasks.remind_of_expiry.func()
    assert Message.objects.filter(template="licence.expiring").count() == 2
    with django_assert_num_queries(1):
        assert len(list(licences.expiring(today()))) == 2


def test_a_renewed_term_is_told_of_again() -> None:
    found = licence(today() + timedelta(days=60))
    tasks.remind_of_expiry.func()
    Licence.objects.filter(pk=found.pk).update(valid_to=today() + timedelta(days=59))
    tasks.remind_of_expiry.func()
    assert Message.objects.filter(template="licence.expiring").count() == 2


def test_a_revoked_licence_is_told_of() -> None:
    found = licence(today() + timedelta(days=600))
    revoke(SYSTEM, licence=found, reason="机关撤销")
    run_pending()
    assert "licence.revoked" in told()


def test_an_interest_is_remembered_of_who_agreed(world: World) -> None:
    concluded_case(world)
    run_pending()
    assert not Tag.objects.exists()
    consent(world.citizen)
    concluded_case(world)
    run_pending()
    tag = Tag.objects.get()
    assert tag.code == world.version.spec["themes_person"][0]
    assert world.version.name in tag.why
