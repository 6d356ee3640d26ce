"""Each state is reached by the ordinary way, and its actions are refused everywhere else."""

from collections.abc import Callable

import pytest
from cases.factories import LAW, REASONS, World, case_in, make_world
from django.db import IntegrityError, transaction

from zhijian.audit.models import AuditEntry
from zhijian.cases import actions, errors
from zhijian.cases.actions.turn import subject
from zhijian.cases.models import Case, CaseStep
from zhijian.cases.rules import table
from zhijian.cases.rules.acts import Action
from zhijian.cases.rules.corrections import Fault
from zhijian.cases.rules.states import State

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("state", list(State))
def test_every_state_is_reached_by_people_s_actions(state: State) -> None:
    case = case_in(state, make_world())
    stored = Case.objects.get(pk=case.pk)
    assert stored.state == state
    assert (stored.number is None) == (state == State.DRAFT)


CALLS: dict[Action, Callable[[World, Case], object]] = {
    Action.SUBMIT: lambda w, c: actions.submit(w.citizen.actor, case=c, consent=True),
    Action.DISCARD: lambda w, c: actions.discard(w.citizen.actor, case=c),
    Action.RESUBMIT: lambda w, c: actions.resubmit(w.citizen.actor, case=c),
    Action.WITHDRAW: lambda w, c: actions.withdraw(w.citizen.actor, case=c, reason="不办了"),
    Action.URGE: lambda w, c: actions.urge(w.citizen.actor, case=c),
    Action.CONFIRM_RECEIPT: lambda w, c: actions.confirm_receipt(w.citizen.actor, case=c),
    Action.CLAIM: lambda w, c: actions.claim(w.office.officer.actor, case=c),
    Action.RELEASE: lambda w, c: actions.release(w.office.officer.actor, case=c),
    Action.TRANSFER: lambda w, c: actions.transfer(
        w.office.officer.actor, case=c, receiver=w.office.colleague, reason="请假"
    ),
    Action.TAKE_OVER: lambda w, c: actions.take_over(w.office.colleague.actor, case=c, reason="请假"),
    Action.RECALL_EXTENSION: lambda w, c: actions.recall_extension(w.office.officer.actor, case=c),
    Action.REQUEST_CORRECTION: lambda w, c: actions.request_correction(
        w.office.window.actor, case=c, fields=[Fault("/address", "写到门牌号")]
    ),
    Action.REJECT: lambda w, c: actions.reject(w.office.window.actor, case=c, reasons=REASONS, law=LAW),
    Action.ACCEPT: lambda w, c: actions.accept(w.office.window.actor, case=c),
    Action.DECIDE_AT_ONCE: lambda w, c: actions.decide_at_once(w.office.window.actor, case=c, opinion="同意"),
    Action.BEGIN_REVIEW: lambda w, c: actions.begin_review(w.office.officer.actor, case=c),
    Action.SUSPEND: lambda w, c: actions.suspend(
        w.office.officer.actor, case=c, ground="hearing", reason="举行听证"
    ),
    Action.RESUME: lambda w, c: actions.resume(w.office.officer.actor, case=c, note="听证已结束"),
    Action.ASK_EXTENSION: lambda w, c: actions.ask_extension(
        w.office.officer.actor, case=c, days=5, reason="情况复杂"
    ),
    Action.APPROVE_EXTENSION: lambda w, c: actions.approve_extension(
        w.office.approver.actor, case=c, reason="情况复杂"
    ),
    Action.DENY_EXTENSION: lambda w, c: actions.deny_extension(
        w.office.approver.actor, case=c, opinion="不必"
    ),
    Action.PASS_REVIEW: lambda w, c: actions.pass_review(
        w.office.officer.actor, case=c, outcome="approve", opinion="符合条件"
    ),
    Action.SEND_BACK: lambda w, c: actions.send_back(w.office.approver.actor, case=c, opinion="请再核实"),
    Action.DECIDE: lambda w, c: actions.decide(
        w.office.approver.actor, case=c, outcome="approve", opinion="同意"
    ),
    Action.ISSUE: lambda w, c: actions.issue(w.office.window.actor, case=c),
    Action.DELIVER: lambda w, c: actions.deliver(w.office.window.actor, case=c),
    Action.COLLECT: lambda w, c: actions.collect(w.office.window.actor, case=c, receiver="本人"),
    Action.CONCLUDE: lambda w, c: actions.conclude(w.office.window.actor, case=c),
    Action.RETURN_CASE: lambda w, c: actions.return_case(w.office.window.actor, case=c, reason="重复申请"),
    Action.VOID: lambda w, c: actions.void(w.office.approver.actor, case=c, reason="隐瞒情况", law=LAW),
    Action.ARCHIVE: lambda w, c: actions.archive(w.office.officer.actor, case=c),
}


def test_every_action_is_called_here() -> None:
    assert set(CALLS) == set(Action) - {
        Action.DEEM_ACCEPTED,
        Action.RECOMPUTE,
    }  # time and the calendar do those


@pytest.mark.parametrize("state", list(State))
def test_every_action_that_a_state_forbids_is_refused_and_changes_nothing(state: State) -> None:
    world = make_world()
    case = case_in(state, world)
    before = content(case)
    for action in CALLS:
        if table.TABLE.rows(state, action):
            continue
        with pytest.raises(errors.StateForbids) as refused:
            CALLS[action](world, case)
        assert State(state).label in refused.value.detail, action
        assert refused.value.extra == {"state": state}
    assert content(case) == before


def content(case: Case) -> tuple[dict[str, object], int, int]:
    stored = Case.objects.filter(pk=case.pk).values().get()
    stored.pop("form")  # sealed anew at each write
    return stored, case.steps.count(), AuditEntry.objects.filter(subject=subject(case)).count()


def test_history_cannot_be_changed_or_removed() -> None:
    step = case_in(State.ACCEPTED, make_world()).steps.first()
    assert step
    for change in (lambda: CaseStep.objects.filter(pk=step.pk).update(post="别人"), step.delete):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            change()


@pytest.mark.parametrize(
    ("constraint", "change"),
    [
        ("case_submitted_has_number", {"number": None}),
        ("case_submitted_has_number", {"submitted_at": None}),
        ("case_accepted_has_date", {"accepted_at": None}),
        ("case_state_known", {"state": "lost"}),
        ("case_refusal_has_reasons", {"state": "refused"}),
        ("case_stars", {"stars": 6}),
    ],
)
def test_the_database_refuses_what_must_not_happen(constraint: str, change: dict[str, object]) -> None:
    case = case_in(State.ACCEPTED, make_world())
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(**change)


def test_the_database_refuses_one_person_for_review_and_decision() -> None:
    world = make_world(separate_decision=True)
    case = case_in(State.DECIDING, world)
    with pytest.raises(IntegrityError, match="case_separate_decision"), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(decider=world.office.officer)
