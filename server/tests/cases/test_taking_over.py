"""A case whose holder is gone goes on: a colleague takes it over, a head hands it on, leaving hands it on at once."""

from itertools import combinations

import pytest
from cases.factories import World, case_in, corrected_case, deciding_case, make_world, reviewing_case
from django.test import Client
from organizations.factories import StaffFactory

from zhijian.audit.models import AuditEntry
from zhijian.cases import actions, errors
from zhijian.cases.models import Case, CaseStep
from zhijian.cases.queries.staff import QueueFilters, queue
from zhijian.cases.rules import table
from zhijian.cases.rules.acts import Action
from zhijian.cases.rules.states import WORK, State
from zhijian.core.actor import SYSTEM
from zhijian.organizations import held
from zhijian.organizations.actions import grant_post, revoke_post, set_active
from zhijian.organizations.models import Department, Staff
from zhijian.organizations.rules import ADMIN_POSTS, Post

pytestmark = pytest.mark.django_db
BUSINESS = [post for post in Post if post not in ADMIN_POSTS]
PAIRS = [frozenset({post}) for post in BUSINESS] + [frozenset(pair) for pair in combinations(BUSINESS, 2)]


@pytest.fixture
def world() -> World:
    return make_world()


def held_case(world: World, state: State) -> tuple[Case, Staff]:
    """In ``state``, with a holder of the right post who is nobody of the office's other people."""
    case = case_in(state, world)
    holder = StaffFactory(department=world.office.department, posts=[min(table.DESK[state])])
    Case.objects.filter(pk=case.pk).update(assignee=holder)
    case.refresh_from_db()
    return case, holder


def row_of(case: Case) -> dict[str, object]:
    """The whole stored row, sealed columns left as they are stored."""
    return Case.objects.filter(pk=case.pk).values().get()


def person(department: Department, posts: frozenset[Post]) -> Staff:
    return StaffFactory(department=department, posts=sorted(posts))


def attempts(case: Case, staff: Staff, receiver: Staff, holder: Staff) -> dict[Action, bool]:
    """Whether taking over and handing on succeed; refused attempts leave the row as it was, byte by byte."""
    done = {}
    for action, call in {
        Action.TAKE_OVER: lambda: actions.take_over(staff.actor, case=case, reason="原办理人离岗"),
        Action.TRANSFER: lambda: actions.transfer(
            staff.actor, case=case, receiver=receiver, reason="调整分工"
        ),
    }.items():
        before = row_of(case)
        try:
            call()
            done[action] = True
        except (errors.PostForbids, errors.HeldByOther):
            done[action] = False
            assert row_of(case) == before
        Case.objects.filter(pk=case.pk).update(assignee=holder)
    return done


@pytest.mark.parametrize("state", sorted(WORK))
@pytest.mark.parametrize("gone", [False, True])
def test_who_may_take_over_or_hand_on_by_every_post_and_pair_of_posts(
    world: World, state: State, gone: bool
) -> None:
    case, holder = held_case(world, state)
    receiver = StaffFactory(department=world.office.department, posts=[min(table.DESK[state])])
    Staff.objects.filter(pk=holder.pk).update(is_active=not gone)
    elsewhere = StaffFactory().department
    for posts in PAIRS:
        here = attempts(case, person(world.office.department, posts), receiver, holder)
        desk, head = bool(posts & table.DESK[state]), Post.APPROVER in posts
        assert here == {Action.TAKE_OVER: desk, Action.TRANSFER: head or (desk and gone)}, posts
        if len(posts) == 1:
            there = attempts(case, person(elsewhere, posts), receiver, holder)
            assert not any(there.values()), posts


def test_taking_over_is_written_down_with_reason_and_former_holder(world: World) -> None:
    case = reviewing_case(world)
    due = case.due_at
    holder, colleague = world.office.officer, world.office.colleague
    taken = actions.take_over(colleague.actor, case=case, reason="原办理人住院", holder=holder.public_id)
    assert taken.assignee == colleague
    assert taken.due_at == due
    step = CaseStep.objects.get(action=Action.TAKE_OVER)
    assert holder.name in (step.opinion or "")
    assert "原办理人住院" in (step.opinion or "")
    entry = AuditEntry.objects.get(action="case.take_over")
    assert entry.facts["from_holder"] == holder.public_id
    assert holder.name not in str(entry.facts)


@pytest.mark.parametrize("reason", ["", " ", "略"])
def test_taking_over_asks_for_a_reason(world: World, reason: str) -> None:
    case = reviewing_case(world)
    with pytest.raises(errors.WordsMissing):
        actions.take_over(world.office.colleague.actor, case=case, reason=reason)


def test_what_nobody_holds_is_claimed_and_what_is_mine_is_mine(world: World) -> None:
    case = reviewing_case(world)
    with pytest.raises(errors.NotNow):
        actions.take_over(world.office.officer.actor, case=case, reason="本来就是我的")
    actions.release(world.office.officer.actor, case=case)
    with pytest.raises(errors.NotNow):
        actions.take_over(world.office.colleague.actor, case=case, reason="没有人在办")


def test_the_former_holder_s_later_act_is_refused_and_nothing_typed_is_lost(
    world: World, client: Client
) -> None:
    case = reviewing_case(world)
    actions.take_over(world.office.colleague.actor, case=case, reason="原办理人请假")
    client.force_login(world.office.officer)
    long = "申请人在本市居住满半年，材料齐全，拟准予。" * 20
    before = row_of(case)
    answer = client.post(
        f"/console/cases/{case.number}/actions/pass_review/",
        {"outcome": "approve", "opinion": long},
        headers={"HX-Request": "true"},
    )
    page = answer.content.decode()
    assert answer.status_code == 409
    assert f"现由{world.office.colleague}办理" in page
    assert "接手" in page
    assert long in page
    assert row_of(case) == before


def test_it_goes_back_and_forth(world: World) -> None:
    case = reviewing_case(world)
    first, second = world.office.officer, world.office.colleague
    actions.take_over(second.actor, case=case, reason="原办理人请假")
    actions.take_over(first.actor, case=case, reason="已经回来上班")
    case.refresh_from_db()
    assert case.assignee == first
    with pytest.raises(errors.HeldByOther):
        actions.take_over(second.actor, case=case, reason="旧页面", holder=second.public_id)


def test_leaving_frees_every_case_also_one_that_waits_for_the_applicant(world: World) -> None:
    reviewing, correcting = reviewing_case(world), corrected_case(world)
    Case.objects.update(assignee=world.office.officer)
    due = dict(Case.objects.values_list("pk", "due_at"))
    moved = set_active(SYSTEM, staff=world.office.officer, active=False)
    assert moved == {"cases": held.Moved(freed=2)}
    assert not Case.objects.filter(assignee__isnull=False).exists()
    assert dict(Case.objects.values_list("pk", "due_at")) == due
    assert {reviewing.state, correcting.state} == set(Case.objects.values_list("state", flat=True))
    entry = AuditEntry.objects.get(action="staff.work_moved")
    assert entry.facts["cases"] == {"given": 0, "freed": 2}
    shown = queue(world.office.colleague, filters=QueueFilters(desk="unclaimed")).items
    assert [case.pk for case in shown] == [reviewing.pk]


def test_leaving_hands_over_what_the_colleague_may_do_and_frees_the_rest(world: World) -> None:
    reviewing, deciding = reviewing_case(world), deciding_case(world)
    both = StaffFactory(department=world.office.department, posts=[Post.CASE_OFFICER, Post.APPROVER])
    Case.objects.update(assignee=both)
    moved = set_active(SYSTEM, staff=both, active=False, receiver=world.office.colleague)
    assert moved == {"cases": held.Moved(given=1, freed=1)}
    reviewing.refresh_from_db()
    deciding.refresh_from_db()
    assert reviewing.assignee == world.office.colleague
    assert deciding.assignee is None


def test_losing_a_post_moves_only_what_went_with_it(world: World) -> None:
    reviewing, deciding = reviewing_case(world), deciding_case(world)
    both = StaffFactory(department=world.office.department, posts=[Post.CASE_OFFICER, Post.APPROVER])
    Case.objects.update(assignee=both)
    revoke_post(SYSTEM, holding=both.holdings.get(post=Post.CASE_OFFICER))
    reviewing.refresh_from_db()
    deciding.refresh_from_db()
    assert reviewing.assignee is None
    assert deciding.assignee == both


def test_a_post_for_another_department_too_keeps_nothing_of_the_first(world: World) -> None:
    case = reviewing_case(world)
    holder = world.office.officer
    elsewhere = StaffFactory().department
    grant_post(SYSTEM, staff=holder, post=Post.CASE_OFFICER, department=elsewhere)
    revoke_post(SYSTEM, holding=holder.holdings.get(department=world.office.department))
    case.refresh_from_db()
    assert case.assignee is None


def test_a_receiver_who_left_is_refused_and_nobody_leaves(world: World) -> None:
    reviewing_case(world)
    world.office.colleague.is_active = False
    world.office.colleague.save()
    with pytest.raises(Exception, match="接手的人"):
        set_active(SYSTEM, staff=world.office.officer, active=False, receiver=world.office.colleague)
    assert Staff.objects.get(pk=world.office.officer.pk).is_active


def test_several_are_taken_over_at_once_and_a_changed_holder_is_said(world: World, client: Client) -> None:
    first, second = reviewing_case(world), reviewing_case(world)
    third = StaffFactory(department=world.office.department, posts=[Post.CASE_OFFICER])
    actions.take_over(third.actor, case=second, reason="分担工作")
    client.force_login(world.office.colleague)
    page = client.post(
        "/console/cases/bulk/",
        {
            "do": "take_over",
            "number": [first.number, second.number],
            "reason": "原办理人离岗",
            f"holder:{first.number}": world.office.officer.public_id,
            f"holder:{second.number}": world.office.officer.public_id,
        },
        headers={"HX-Request": "true"},
    ).content.decode()
    assert f"已接手 {first.number}" in page
    assert "1 件没有接手" in page
    assert f"现由{third}办理" in page
    first.refresh_from_db()
    assert first.assignee == world.office.colleague


def test_a_head_hands_on_a_colleague_s_cases_in_bulk(world: World, client: Client) -> None:
    case = reviewing_case(world)
    client.force_login(world.office.approver)
    data = {"do": "transfer", "number": case.number, "reason": "原办理人离岗"}
    client.post("/console/cases/bulk/", data | {"receiver": world.office.colleague.public_id})
    case.refresh_from_db()
    assert case.assignee == world.office.colleague


def test_the_page_says_that_the_holder_is_gone_and_offers_to_take_over(world: World, client: Client) -> None:
    case = reviewing_case(world)
    Staff.objects.filter(pk=world.office.officer.pk).update(is_active=False)
    client.force_login(world.office.colleague)
    page = client.get(f"/console/cases/{case.number}/").content.decode()
    assert "办理人已不能办理" in page
    assert 'id="act-take_over"' in page
    assert f'value="{world.office.officer.public_id}"' in page


@pytest.mark.parametrize("post", [Post.CASE_OFFICER, Post.APPROVER])
def test_the_citizen_reads_nothing_of_who_took_over(world: World, post: Post) -> None:
    from zhijian.cases.presenting.history import timeline

    case = reviewing_case(world)
    actions.take_over(world.office.colleague.actor, case=case, reason="原办理人请假")
    assert Action.TAKE_OVER not in {entry.action for entry in timeline(case)}


def test_who_comes_too_late_is_told_once_who_has_it() -> None:
    world = make_world()
    office, case = world.office, reviewing_case(world)
    actions.take_over(office.colleague.actor, case=case, reason="原办理人请假")
    with pytest.raises(errors.HeldByOther) as late:
        actions.claim(office.officer.actor, case=case)
    said = f"{late.value.title}。{late.value.detail}"
    assert "认领" not in said
    assert f"现由{office.colleague}办理" in said
    assert "接手" in said
