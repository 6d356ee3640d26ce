"""The office's side of the life cycle: what each action writes, and the clock that follows."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from cases.factories import (
    LAW,
    REASONS,
    World,
    accepted_case,
    approved_case,
    concluded_case,
    corrected_case,
    deciding_case,
    delivering_case,
    draft_case,
    give,
    issuing_case,
    make_world,
    refused_case,
    rejected_case,
    reviewing_case,
    submitted_case,
    suspended_case,
)
from organizations.factories import StaffFactory
from support.rows import changed, stored

from zhijian.cases import actions, errors
from zhijian.cases.models import FAR_FUTURE, Case, Correction
from zhijian.cases.queries import standing
from zhijian.cases.queries.upkeep import unread_too_long
from zhijian.cases.rules.corrections import Fault
from zhijian.cases.rules.states import State
from zhijian.cases.tasks import deem_accepted
from zhijian.core.clock import now
from zhijian.core.lights import Light
from zhijian.core.zone import CHINA
from zhijian.licences.models import Licence, Status
from zhijian.organizations.rules import Post

pytestmark = pytest.mark.django_db
MONDAY = "2026-11-02T10:00:00+08:00"


@pytest.fixture
def world() -> World:
    return make_world()


def day(moment: Any) -> str:
    return f"{moment.astimezone(CHINA):%m-%d}"


def last(case: Case) -> Any:
    return case.steps.order_by("id").last()


# --- reception


@time_machine.travel(MONDAY, tick=False)
def test_acceptance_starts_the_promised_limit(world: World) -> None:
    case = accepted_case(world)
    assert case.accepted_at == now()
    assert day(case.due_at) == "11-16"
    assert day(case.warn_at) == "11-12"
    assert case.due_rule == "承诺办结时限10个工作日（法定15个工作日），自受理之日起计算"
    assert case.due_law == "《居住证暂行条例》第九条"
    assert last(case).post == "公安局窗口人员"
    assert case.assignee is None  # the window's work is done


def test_a_permit_names_the_licensing_law() -> None:
    case = accepted_case(make_world(kind="01"))
    assert case.due_law == "《中华人民共和国行政许可法》第四十二条"


def test_a_rejection_carries_reasons_law_and_remedies(world: World) -> None:
    case = rejected_case(world)
    assert case.refusal["reasons"] == REASONS
    assert case.refusal["law"] == LAW
    assert "行政复议" in case.refusal["remedies"]
    assert case.due_at is None


@pytest.mark.parametrize(("reasons", "law"), [("", LAW), (REASONS, ""), ("不", LAW)])
def test_a_rejection_without_them_is_refused(world: World, reasons: str, law: str) -> None:
    case = submitted_case(world)
    with pytest.raises(errors.WordsMissing):
        actions.reject(world.office.window.actor, case=case, reasons=reasons, law=law)
    assert Case.objects.get().state == State.SUBMITTED


@pytest.mark.parametrize(
    "faults",
    [
        {},
        {"materials": [Fault("deed", "请提交")]},  # not asked in this situation
        {"materials": [Fault("tax_record", "请提交")]},
        {"fields": [Fault("/salary", "请填写")]},
        {"fields": [Fault("/address", "")]},
    ],
)
def test_a_notice_beyond_the_guide_is_refused(world: World, faults: dict[str, Any]) -> None:
    case = submitted_case(world)
    with pytest.raises(errors.CorrectionWrong):
        actions.request_correction(world.office.window.actor, case=case, **faults)
    assert Case.objects.get().state == State.SUBMITTED


def test_a_second_notice_is_refused(world: World) -> None:
    case = corrected_case(world)
    give(case, "lease")
    again = actions.resubmit(world.citizen.actor, case=case)
    assert again.assignee == world.office.window  # whoever asked gets the answer
    with pytest.raises(errors.NotNow, match="只能一次性告知一次"):
        actions.request_correction(world.office.window.actor, case=again, fields=[Fault("/name", "写全名")])


# --- nothing told within five working days


def test_deemed_acceptance_is_read_without_a_worker_and_applied_by_one(world: World) -> None:
    with time_machine.travel(MONDAY, tick=False):
        case = submitted_case(world)
        received = now()
    with time_machine.travel("2026-11-10T00:00:01+08:00", tick=False):
        stands = standing(case, now())
        assert stands.state == State.ACCEPTED
        assert day(stands.due_at) == "11-16"
        assert stands.started_at == received
        deem_accepted.func()
        fresh = Case.objects.get()
        assert fresh.state == State.ACCEPTED
        assert fresh.deemed_accepted
        assert fresh.accepted_at == received
        assert fresh.due_at == stands.due_at
        assert last(fresh).post == "系统"
        deem_accepted.func()
        assert fresh.steps.count() == 2


def test_on_the_fifth_day_it_is_not_yet_deemed(world: World) -> None:
    with time_machine.travel(MONDAY, tick=False):
        case = submitted_case(world)
    with time_machine.travel("2026-11-09T23:59:00+08:00", tick=False):
        assert standing(case, now()).state == State.SUBMITTED
        assert not unread_too_long().exists()
        assert actions.deem_accepted(case=case).state == State.SUBMITTED


def test_too_late_for_a_notice_an_officer_goes_on_with_the_accepted_case(world: World) -> None:
    with time_machine.travel(MONDAY, tick=False):
        case = submitted_case(world)
    with time_machine.travel("2026-11-12T10:00:00+08:00", tick=False):
        with pytest.raises(errors.StateForbids):
            actions.request_correction(
                world.office.window.actor, case=case, fields=[Fault("/name", "写全名")]
            )
        reviewing = actions.begin_review(world.office.officer.actor, case=case)
    assert reviewing.state == State.REVIEWING
    assert [step.action for step in reviewing.steps.order_by("id")] == [
        "submit",
        "deem_accepted",
        "begin_review",
    ]


# --- review, special procedures, extension


def test_a_suspension_stops_the_clock_and_moves_its_end(world: World) -> None:
    with time_machine.travel(MONDAY, tick=False):
        case = suspended_case(world)
        assert case.sort_at == FAR_FUTURE
        assert standing(case, now() + timedelta(days=90)).light == Light.PAUSED
        assert "检验、检测" in last(case).note
    with time_machine.travel("2026-11-09T10:00:00+08:00", tick=False):
        resumed = actions.resume(world.office.officer.actor, case=case, note="检测合格")
    assert day(resumed.due_at) == "11-23"
    assert resumed.pauses.get().result == "检测合格"


@pytest.mark.parametrize(
    ("ground", "reason"),
    [("", "现场检测"), ("holiday", "现场检测"), ("correction", "补正"), ("testing", " ")],
)
def test_a_suspension_needs_a_lawful_ground_and_a_reason(world: World, ground: str, reason: str) -> None:
    case = reviewing_case(world)
    with pytest.raises(errors.WordsMissing):
        actions.suspend(world.office.officer.actor, case=case, ground=ground, reason=reason)


def ask(world: World, case: Case, days: int = 5) -> Case:
    return actions.ask_extension(world.office.officer.actor, case=case, days=days, reason="情况复杂")


def test_an_approved_extension_moves_the_end_once(world: World) -> None:
    with time_machine.travel(MONDAY, tick=False):
        case = ask(world, reviewing_case(world))
        assert day(case.due_at) == "11-16"
        granted = actions.approve_extension(
            world.office.approver.actor, case=case, reason="需要核实两地居住情况"
        )
        assert day(granted.due_at) == "11-23"
        assert day(granted.decision_due_at) == "11-23"
        assert "延长5个工作日" in last(granted).note
        assert granted.due_rule.endswith("，经批准延长5个工作日")
        with pytest.raises(errors.NotNow, match="只能批准一次"):
            ask(world, granted)


def test_a_denied_extension_changes_nothing_and_may_be_asked_again(world: World) -> None:
    with time_machine.travel(MONDAY, tick=False):
        case = ask(world, reviewing_case(world))
        denied = actions.deny_extension(world.office.approver.actor, case=case, opinion="按期可以办结")
        assert day(denied.due_at) == "11-16"
        assert ask(world, denied).extensions.count() == 2


@pytest.mark.parametrize("days", [0, -1, 11, 100])
def test_an_extension_out_of_range(world: World, days: int) -> None:
    case = reviewing_case(world)
    with pytest.raises(errors.ExtensionWrong):
        ask(world, case, days)


def test_nobody_approves_their_own_extension(world: World) -> None:
    both = StaffFactory(department=world.office.department, posts=[Post.CASE_OFFICER, Post.APPROVER])
    case = actions.begin_review(both.actor, case=accepted_case(world))
    asked = actions.ask_extension(both.actor, case=case, days=5, reason="情况复杂")
    with pytest.raises(errors.NotNow, match="自己审批"):
        actions.approve_extension(both.actor, case=asked, reason="情况复杂")


@pytest.mark.parametrize(
    ("first", "words"), [("approve", "已经批准"), ("deny", "已经答复不批准"), ("recall", "已经撤回")]
)
@pytest.mark.parametrize("second", ["approve", "deny"])
def test_who_answers_an_extension_too_late_reads_what_became_of_it(
    world: World, first: str, words: str, second: str
) -> None:
    """Not that a colleague holds the case, which is so but in nobody's way."""
    other = StaffFactory(department=world.office.department, posts=[Post.APPROVER])
    answers = {
        "approve": lambda staff, case: actions.approve_extension(staff.actor, case=case, reason="情况复杂"),
        "deny": lambda staff, case: actions.deny_extension(staff.actor, case=case, opinion="按期可以办结"),
        "recall": lambda staff, case: actions.recall_extension(world.office.officer.actor, case=case),
    }
    answers[first](world.office.approver, ask(world, reviewing_case(world)))
    case = Case.objects.get()
    assert case.assignee == world.office.officer
    with pytest.raises(errors.NotNow, match=words):
        answers[second](other, case)


# --- decision


def test_the_review_is_handed_over_and_may_come_back(world: World) -> None:
    case = deciding_case(world)
    assert case.reviewer == world.office.officer
    assert case.assignee is None
    back = actions.send_back(world.office.approver.actor, case=case, opinion="请再核实")
    assert (back.state, back.reviewer, back.assignee) == (State.REVIEWING, None, world.office.officer)


def test_review_and_decision_by_one_person_where_the_item_separates_them() -> None:
    world = make_world(separate_decision=True)
    both = StaffFactory(department=world.office.department, posts=[Post.CASE_OFFICER, Post.APPROVER])
    case = actions.begin_review(both.actor, case=accepted_case(world))
    case = actions.pass_review(both.actor, case=case, outcome="approve", opinion="符合条件")
    with pytest.raises((errors.NotNow, errors.HeldByOther), match="不同人员"):
        actions.decide(both.actor, case=case, outcome="approve", opinion="同意")
    case = actions.release(both.actor, case=case)
    assert actions.decide(world.office.approver.actor, case=case, outcome="approve", opinion="同意")


@time_machine.travel(MONDAY, tick=False)
def test_a_decision_starts_the_ten_days_of_delivery(world: World) -> None:
    case = approved_case(world)
    assert (case.outcome, case.decider, case.decided_at) == ("approve", world.office.approver, now())
    assert day(case.due_at) == "11-16"
    assert case.due_law.endswith("第四十四条")


def test_a_refusal_carries_reasons_law_and_remedies(world: World) -> None:
    case = refused_case(world)
    assert case.refusal["kind"] == "refused"
    assert "行政诉讼" in case.refusal["remedies"]
    assert actions.conclude(world.office.window.actor, case=case).state == State.CONCLUDED


@pytest.mark.parametrize(
    "given",
    [
        {"outcome": "maybe"},
        {"outcome": "approve"},
        {"outcome": "refuse", "reasons": REASONS},
        {"outcome": "refuse", "law": LAW},
    ],
)
def test_a_decision_that_says_too_little(world: World, given: dict[str, str]) -> None:
    case = deciding_case(world)
    with pytest.raises(errors.WordsMissing):
        actions.decide(world.office.approver.actor, case=case, **given)
    assert Case.objects.get().state == State.DECIDING


def test_an_instant_item_is_decided_at_once() -> None:
    world = make_world(case_type="1", promised_limit={"value": 0, "unit": "instant"})
    case = actions.decide_at_once(world.office.window.actor, case=submitted_case(world), opinion="当场办结")
    assert case.state == State.APPROVED
    assert case.accepted_at == case.decided_at


def test_other_items_are_not(world: World) -> None:
    case = submitted_case(world)
    with pytest.raises(errors.NotNow, match="即办件"):
        actions.decide_at_once(world.office.window.actor, case=case, opinion="当场办结")


# --- result


def test_an_electronic_result_concludes_the_case(world: World) -> None:
    case = concluded_case(world)
    licence = Licence.objects.get()
    assert case.result.licence == licence
    assert licence.case_number == case.number
    assert licence.citizen == world.citizen
    assert ["居住地址", "云州市试验路1号2单元301室"] in licence.content["facts"]
    assert [step.action for step in case.steps.order_by("-id")[:2]] == ["conclude", "issue"]


def test_pickup_waits_at_the_counter(world: World) -> None:
    case = delivering_case(world)
    assert case.due_at is None
    done = actions.collect(world.office.window.actor, case=case, receiver="本人")
    assert done.state == State.CONCLUDED
    assert done.concluded_at


def test_a_courier_needs_company_and_number() -> None:
    world = make_world(courier=True)
    delivery = {"method": "courier", "address": "某路1号", "receiver": "林试验", "phone": "19900000001"}
    case = issuing_case(world, delivery=delivery, delivery_method="courier")
    with pytest.raises(errors.WordsMissing):
        actions.deliver(world.office.window.actor, case=case)
    sent = actions.deliver(
        world.office.window.actor, case=case, courier="邮政", tracking_number="EX0001", note="请本人签收"
    )
    assert sent.delivery["tracking_number"] == "EX0001"
    told = sent.steps.latest("pk").note
    assert told == "已交邮政寄出，单号EX0001。请本人签收"
    assert actions.confirm_receipt(world.citizen.actor, case=sent).state == State.CONCLUDED


def test_an_approval_without_a_certificate_is_concluded_directly() -> None:
    world = make_world(results=[{"name": "补贴到账", "kind": "payment"}])
    case = approved_case(world)
    with pytest.raises(errors.NotNow):
        actions.issue(world.office.window.actor, case=case)
    assert actions.conclude(world.office.window.actor, case=case).state == State.CONCLUDED


def test_a_voided_case_revokes_its_licence(world: World) -> None:
    case = concluded_case(world)
    actions.void(world.office.approver.actor, case=case, reason="隐瞒真实情况", law=LAW)
    assert Licence.objects.get().status == Status.REVOKED


# --- side exits


@pytest.mark.parametrize(
    "make", [submitted_case, corrected_case, reviewing_case, suspended_case, deciding_case]
)
def test_the_citizen_may_withdraw_before_the_decision(world: World, make: Any) -> None:
    case = actions.withdraw(world.citizen.actor, case=make(world), reason="")
    assert case.state == State.WITHDRAWN
    assert case.due_at is None
    assert not case.pauses.filter(ended_at__isnull=True).exists()


@time_machine.travel(MONDAY, tick=False)
def test_withdrawing_takes_the_case_from_its_officer_and_stops_its_clock(world: World) -> None:
    case = reviewing_case(world)
    before = stored(case)
    assert before["assignee_id"] == world.office.officer.pk
    actions.withdraw(world.citizen.actor, case=case, reason="不办了")
    assert changed(before, case) == {
        "state": State.WITHDRAWN,
        "assignee_id": None,
        "clock_started_at": None,
        "due_at": None,
        "warn_at": None,
        "sort_at": FAR_FUTURE,
        "limit_value": None,
        "limit_unit": "",
        "due_rule": "",
        "due_law": "",
    }


@time_machine.travel(MONDAY, tick=False)
@pytest.mark.parametrize(
    ("asked", "allowed", "end"), [(0, 1, "11-03"), (60, 60, "01-26"), (999, 60, "01-26")]
)
def test_the_time_to_correct_is_one_to_sixty_working_days(
    world: World, asked: int, allowed: int, end: str
) -> None:
    case = submitted_case(world)
    before = stored(case)
    actions.request_correction(
        world.office.window.actor, case=case, fields=[Fault("/name", "写全名")], days=asked
    )
    notice = Correction.objects.get()
    assert (notice.days, day(notice.due_at)) == (allowed, end)
    assert changed(before, case) == {
        "state": State.CORRECTION,
        "assignee_id": world.office.window.pk,
        "corrected": True,
        "due_at": notice.due_at,
        "warn_at": None,
        "sort_at": FAR_FUTURE,
        "due_rule": "等待您补正，补正期间不计入办理时限",
    }


def test_a_correction_that_never_came_is_returned_only_when_its_time_is_over(world: World) -> None:
    with time_machine.travel(MONDAY, tick=False):
        case = corrected_case(world)
        with pytest.raises(errors.NotNow):
            actions.return_case(world.office.window.actor, case=case, reason="逾期未补正")
    with time_machine.travel("2026-11-24T10:00:00+08:00", tick=False):
        returned = actions.return_case(world.office.window.actor, case=case, reason="逾期未补正")
    assert returned.state == State.RETURNED


def test_urging_once_a_day(world: World) -> None:
    with time_machine.travel(MONDAY, tick=False):
        case = actions.urge(world.citizen.actor, case=submitted_case(world), note="请快一些")
        with pytest.raises(errors.NotNow, match="明天"):
            actions.urge(world.citizen.actor, case=case)
    with time_machine.travel("2026-11-03T00:10:00+08:00", tick=False):
        actions.urge(world.citizen.actor, case=case)


# --- the desk


def test_what_one_holds_another_cannot_do(world: World) -> None:
    case = actions.claim(world.office.officer.actor, case=accepted_case(world))
    with pytest.raises(errors.HeldByOther):
        actions.claim(world.office.colleague.actor, case=case)
    with pytest.raises(errors.HeldByOther):
        actions.begin_review(world.office.colleague.actor, case=case)
    with pytest.raises(errors.NotNow, match="已经认领"):
        actions.claim(world.office.officer.actor, case=case)
    with pytest.raises((errors.NotNow, errors.HeldByOther)):
        actions.release(world.office.colleague.actor, case=case)
    released = actions.release(world.office.officer.actor, case=case)
    assert actions.claim(world.office.colleague.actor, case=released).assignee == world.office.colleague


def test_a_transfer_goes_to_someone_who_can_work_on_it(world: World) -> None:
    case = actions.claim(world.office.officer.actor, case=accepted_case(world))
    for receiver in (world.office.window, world.office.approver, world.office.officer, StaffFactory()):
        with pytest.raises(errors.ReceiverWrong):
            actions.transfer(world.office.officer.actor, case=case, receiver=receiver, reason="请假")
    moved = actions.transfer(
        world.office.officer.actor, case=case, receiver=world.office.colleague, reason="请假"
    )
    assert moved.assignee == world.office.colleague


def test_whoever_acts_on_an_unclaimed_case_holds_it(world: World) -> None:
    assert reviewing_case(world).assignee == world.office.officer


def test_a_concluded_case_is_rated_once(world: World) -> None:
    case = concluded_case(world)
    assert actions.mark_rated(case=case, stars=5).stars == 5
    with pytest.raises(errors.NotNow):
        actions.mark_rated(case=case, stars=1)
    with pytest.raises(errors.NotNow):
        actions.mark_rated(case=draft_case(world), stars=5)
