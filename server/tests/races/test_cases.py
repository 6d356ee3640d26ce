"""Races over cases, with real threads and connections."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

import pytest
from cases.factories import World, accepted_case, draft_case, make_citizen, make_world, submitted_case
from django.db import connection
from organizations.factories import StaffFactory

from zhijian.cases import actions, errors
from zhijian.cases.models import Case, CaseDocument
from zhijian.core.actor import SYSTEM
from zhijian.core.files import StoredFile
from zhijian.organizations.actions import set_active
from zhijian.organizations.models import Staff
from zhijian.organizations.rules import Post

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("calendar_seeded")]
T = TypeVar("T")


def at_once(calls: list[Callable[[], T]]) -> list[T | Exception]:
    """Run ``calls`` in threads that start together; a refusal is a result."""
    start = Barrier(len(calls))

    def run(call: Callable[[], T]) -> T | Exception:
        try:
            start.wait(timeout=30)
            return call()
        except Exception as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def test_eight_submitters_get_eight_numbers() -> None:
    world = make_world()
    worlds = [World(world.office, world.version, make_citizen()) for _ in range(8)]
    drafts = [draft_case(each) for each in worlds]
    submitted = at_once(
        [
            lambda w=each, c=draft: actions.submit(w.citizen.actor, case=c, consent=True)  # type: ignore[misc]
            for each, draft in zip(worlds, drafts, strict=True)
        ]
    )
    numbers = {case.number for case in submitted if isinstance(case, Case)}
    assert len(numbers) == 8


def test_one_draft_submitted_eight_times_is_one_case() -> None:
    world = make_world()
    draft = draft_case(world)
    call = lambda: actions.submit(world.citizen.actor, case=draft, consent=True)  # noqa: E731
    results = at_once([call] * 8)
    assert sum(isinstance(result, Case) for result in results) == 1
    assert sum(isinstance(result, errors.StateForbids) for result in results) == 7
    assert Case.objects.get().steps.count() == 1


def test_one_person_opening_an_item_on_eight_devices_has_one_draft() -> None:
    world = make_world()
    call = lambda: actions.open_draft(  # noqa: E731
        world.citizen.actor, citizen=world.citizen, item_code=world.version.code, answers={}
    )
    results = at_once([call] * 8)
    assert sum(created for result in results if isinstance(result, tuple) for created in result[1:]) == 1
    assert Case.objects.count() == 1


def test_two_officers_claiming_at_once() -> None:
    world = make_world()
    case = accepted_case(world)
    results = at_once(
        [
            lambda: actions.claim(world.office.officer.actor, case=case),
            lambda: actions.claim(world.office.colleague.actor, case=case),
        ]
    )
    (won,) = [result for result in results if isinstance(result, Case)]
    (lost,) = [result for result in results if isinstance(result, errors.HeldByOther)]
    assert Case.objects.get().assignee == won.assignee
    assert lost.detail == f"这个办件已由其他人员办理（现由{won.assignee}办理）"


def test_acceptance_and_withdrawal_at_once() -> None:
    world = make_world()
    case = submitted_case(world)
    results = at_once(
        [
            lambda: actions.reject(
                world.office.window.actor, case=case, reasons="材料与情况不符", law="第九条"
            ),
            lambda: actions.withdraw(world.citizen.actor, case=case),
        ]
    )
    assert sum(isinstance(result, Case) for result in results) == 1
    assert Case.objects.get().steps.count() == 2


def test_two_makers_make_one_document() -> None:
    case = submitted_case(make_world())
    results = at_once([lambda: actions.make_document(case=case, kind="receipt")] * 4)
    assert len({result.pk for result in results if isinstance(result, CaseDocument)}) == 1
    assert StoredFile.objects.filter(kind="case_document").count() == 1


def test_two_colleagues_taking_over_at_once() -> None:
    world = make_world()
    case = actions.claim(world.office.officer.actor, case=accepted_case(world))
    holder = world.office.officer.public_id
    third = StaffFactory(department=world.office.department, posts=[Post.CASE_OFFICER])

    def take(staff: Staff) -> Case:
        return actions.take_over(staff.actor, case=case, reason="原办理人离岗", holder=holder)

    results = at_once([lambda: take(world.office.colleague), lambda: take(third)])
    (won,) = [result for result in results if isinstance(result, Case)]
    (lost,) = [result for result in results if isinstance(result, errors.HeldByOther)]
    case.refresh_from_db()
    assert case.assignee_id == won.assignee_id
    assert str(won.assignee) in (lost.detail or "")
    assert case.steps.filter(action="take_over").count() == 1


def test_leaving_while_claiming_leaves_nothing_with_whoever_left() -> None:
    world = make_world()
    case = accepted_case(world)
    officer = world.office.officer
    results = at_once(
        [
            lambda: actions.claim(officer.actor, case=case),
            lambda: set_active(SYSTEM, staff=officer, active=False),  # type: ignore[list-item,return-value]
        ]
    )
    case.refresh_from_db()
    assert case.assignee is None, results


def test_two_phones_saving_the_same_field_at_once() -> None:
    """One is kept, the other is told; whichever came second has not overwritten the first."""
    world = make_world()
    draft = draft_case(world)
    read = draft.revision
    addresses = [f"云州市试验路{number}号" for number in range(8)]
    results = at_once(
        [
            lambda a=address: actions.save_form(  # type: ignore[misc]
                world.citizen.actor, case=draft, values={"address": a}, revision=read
            )
            for address in addresses
        ]
    )
    (kept,) = [result for result in results if isinstance(result, Case)]
    assert sum(isinstance(result, errors.NewerSaved) for result in results) == 7
    assert Case.objects.get().form["address"] == kept.form["address"]


def test_two_phones_saving_different_fields_at_once_lose_nothing() -> None:
    world = make_world()
    draft = draft_case(world)
    read = draft.revision
    given = [{"address": "云州市试验路8号"}, {"people": 3}]
    results = at_once(
        [
            lambda v=values: actions.save_form(world.citizen.actor, case=draft, values=v, revision=read)  # type: ignore[misc]
            for values in given
        ]
    )
    assert all(isinstance(result, Case) for result in results)
    assert Case.objects.get().form == draft.form | {"address": "云州市试验路8号", "people": 3}
