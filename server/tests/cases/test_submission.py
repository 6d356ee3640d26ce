"""Submission and the answer to a correction: whole or not at all."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from cases.factories import (
    ANSWERS,
    FORM,
    World,
    corrected_case,
    draft_case,
    give,
    make_citizen,
    make_world,
    submitted_case,
)
from catalog.factories import spec_data

from zhijian.audit.models import AuditEntry
from zhijian.cases import actions, errors
from zhijian.cases.models import FAR_FUTURE, Case, CaseMaterial
from zhijian.cases.queries import case_for_citizen, standing
from zhijian.cases.rules.states import State
from zhijian.core.clock import now
from zhijian.core.lights import Light
from zhijian.core.models import CalendarYear
from zhijian.core.serials import plausible
from zhijian.core.zone import CHINA

pytestmark = pytest.mark.django_db
MONDAY = "2026-11-23T10:00:00+08:00"


@pytest.fixture
def world() -> World:
    return make_world()


def submit(world: World, case: Case, *, consent: bool = True) -> Case:
    return actions.submit(world.citizen.actor, case=case, consent=consent)


def day(case_moment: Any) -> str:
    return f"{case_moment.astimezone(CHINA):%m-%d %H:%M}"


@time_machine.travel(MONDAY, tick=False)
def test_a_submitted_case_has_number_clock_and_history(world: World) -> None:
    case = submit(world, draft_case(world))
    assert plausible(case.number)
    assert case.number.startswith("YZ20261123")
    assert case.state == State.SUBMITTED
    assert day(case.due_at) == "11-30 23:59"
    assert day(case.decision_due_at) == "12-07 23:59"
    assert case.due_law == "《中华人民共和国行政许可法》第三十二条"
    step = case.steps.get()
    assert (step.action, step.post) == ("submit", "申请人")
    entry = AuditEntry.objects.get(action="case.submit")
    assert entry.subject == f"case:{case.number}"
    assert entry.facts["hash"] == world.version.content_hash


def fields_of(refused: pytest.ExceptionInfo[Any]) -> list[tuple[str, str]]:
    return [(error.path, error.code) for error in refused.value.fields]


def test_without_consent_nothing_is_submitted(world: World) -> None:
    case = draft_case(world)
    with pytest.raises(errors.ConsentNeeded):
        submit(world, case, consent=False)
    assert Case.objects.get().state == State.DRAFT


@pytest.mark.parametrize(
    ("form", "wrong"),
    [
        ({"name": "林试验"}, [("/form/address", "required")]),
        (FORM | {"people": 11}, [("/form/people", "too_big")]),
        (FORM | {"people": "三个"}, [("/form/people", "bad_type")]),
        (FORM | {"people": True}, [("/form/people", "bad_type")]),
        (FORM | {"address": {"street": "x"}}, [("/form/address", "bad_type")]),
    ],
)
def test_a_form_that_does_not_match(world: World, form: dict[str, Any], wrong: list[tuple[str, str]]) -> None:
    case = draft_case(world, form=form)
    with pytest.raises(errors.FormWrong) as refused:
        submit(world, case)
    assert fields_of(refused) == wrong
    kept = Case.objects.get()
    assert (kept.state, kept.form, kept.number) == (State.DRAFT, form, None)


def test_missing_materials_are_all_named(world: World) -> None:
    case = draft_case(world)
    case.files.all().delete()
    with pytest.raises(errors.MaterialsMissing) as refused:
        submit(world, case)
    assert fields_of(refused) == [("/materials/id_card", "required"), ("/materials/lease", "required")]


def test_an_open_question(world: World) -> None:
    case = draft_case(world, answers={})
    with pytest.raises(errors.AnswersWrong) as refused:
        submit(world, case)
    assert fields_of(refused) == [("/answers/home", "required")]


def test_what_the_situation_does_not_ask_is_not_kept(world: World) -> None:
    case = draft_case(world)
    give(case, "deed")
    submitted = submit(world, case)
    assert set(submitted.materials.values_list("code", flat=True)) == {"id_card", "lease"}


def test_a_second_submission_is_refused(world: World) -> None:
    case = submitted_case(world)
    with pytest.raises(errors.StateForbids):
        submit(world, case)
    assert Case.objects.count() == 1


def test_someone_else_cannot_submit_it(world: World) -> None:
    with pytest.raises(errors.CaseNotFound):
        actions.submit(make_citizen().actor, case=draft_case(world), consent=True)


def test_after_submission_a_new_draft_of_the_item_is_possible(world: World) -> None:
    first, second = submitted_case(world), draft_case(world)
    assert first.pk != second.pk


@time_machine.travel(MONDAY, tick=False)
def test_a_year_missing_from_the_calendar_never_loses_a_case(world: World) -> None:
    CalendarYear.objects.filter(year=2027).delete()
    case = draft_case(world)
    with time_machine.travel("2026-12-30T10:00:00+08:00", tick=False):
        submitted = submit(world, case)
        assert submitted.state == State.SUBMITTED
        assert submitted.due_at is None
        assert submitted.calendar_gap == 2027
        assert submitted.sort_at == FAR_FUTURE
        CalendarYear.objects.create(year=2027, source="试验")
        again = actions.rewind(case=submitted)
    assert again.calendar_gap is None
    assert again.due_at is not None


@time_machine.travel(MONDAY, tick=False)
def test_the_situation_s_own_promise_counts(world: World) -> None:
    case = draft_case(world, answers={"home": "own"})
    give(case, "deed")
    assert day(submit(world, case).decision_due_at) == "11-30 23:59"


def answer(world: World, case: Case) -> Case:
    return actions.resubmit(world.citizen.actor, case=case)


def test_a_correction_stops_the_clock_and_its_answer_starts_it_anew(world: World) -> None:
    with time_machine.travel(MONDAY, tick=False):
        case = corrected_case(world)
        assert case.sort_at == FAR_FUTURE
        assert standing(case, now()).light == Light.PAUSED
        assert day(case.due_at) == "12-14 23:59"
    with time_machine.travel("2026-12-02T09:00:00+08:00", tick=False):
        give(case, "lease")
        again = answer(world, case)
    assert again.state == State.SUBMITTED
    assert day(again.due_at) == "12-09 23:59"
    pause = again.pauses.get()
    assert pause.ended_at - pause.started_at == timedelta(days=8, hours=23)
    assert not again.materials.filter(state=CaseMaterial.State.FLAGGED).exists()
    assert again.corrected


def test_a_named_material_needs_a_new_file(world: World) -> None:
    case = corrected_case(world)
    with pytest.raises(errors.CorrectionUnanswered) as refused:
        answer(world, case)
    assert fields_of(refused) == [("/materials/lease", "required")]
    assert Case.objects.get().state == State.CORRECTION


def test_a_correction_may_not_break_the_form(world: World) -> None:
    case = corrected_case(world)
    give(case, "lease")
    actions.save_form(world.citizen.actor, case=case, values={"address": None})
    with pytest.raises(errors.FormWrong):
        answer(world, case)


def test_instant_items_and_paper_materials() -> None:
    materials = [spec_data()["materials"][0] | {"form": "paper"}]
    world = make_world(
        case_type="1", promised_limit={"value": 0, "unit": "instant"}, materials=materials, questions=[]
    )
    case, _ = actions.open_draft(
        world.citizen.actor, citizen=world.citizen, item_code=world.version.code, answers={}
    )
    actions.save_form(world.citizen.actor, case=case, values=FORM)
    submitted = submit(world, case)
    assert submitted.instant
    assert submitted.required_count == 0


def test_the_case_is_its_citizen_s_own(world: World) -> None:
    case = submitted_case(world)
    assert case_for_citizen(world.citizen.actor, world.citizen, case.public_id) == case
    stranger = make_citizen()
    with pytest.raises(errors.CaseNotFound) as refused:
        case_for_citizen(stranger.actor, stranger, case.public_id)
    refused.value.tell()
    assert AuditEntry.objects.get(action="case.foreign").actor_key == stranger.public_id


def test_answers_are_the_situation_chosen(world: World) -> None:
    assert submitted_case(world).answers == ANSWERS
