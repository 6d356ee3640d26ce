"""Row scope, filters, order, figures; and how many statements each list takes."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from cases.factories import (
    Office,
    World,
    accepted_case,
    approved_case,
    concluded_case,
    corrected_case,
    deciding_case,
    delivering_case,
    draft_case,
    make_citizen,
    make_office,
    make_world,
    reviewing_case,
    submitted_case,
    suspended_case,
)
from catalog.factories import make_published
from organizations.factories import StaffFactory

from zhijian.audit.models import AuditEntry
from zhijian.cases import actions, errors, queries
from zhijian.cases.models import Case
from zhijian.cases.presenting import present_detail, present_summary
from zhijian.cases.queries import QueueFilters
from zhijian.cases.queries.facts import facts_of, roles_of
from zhijian.cases.rules import table
from zhijian.core.actor import SYSTEM
from zhijian.core.clock import now
from zhijian.core.workdays import Workdays
from zhijian.organizations.actions import grant_post
from zhijian.organizations.models import Staff
from zhijian.organizations.queries import holds
from zhijian.organizations.rules import Post

pytestmark = pytest.mark.django_db
Assert = Callable[[int], Any]


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def elsewhere(world: World) -> Office:
    return make_office("mz", "云州市民政局")


def numbers(staff: Staff, **filters: str) -> list[str]:
    return [case.number for case in queries.queue(staff, filters=QueueFilters(**filters)).items]


# --- scope


def test_each_post_has_its_own_work(world: World, elsewhere: Office) -> None:
    submitted, reviewing, deciding = submitted_case(world), reviewing_case(world), deciding_case(world)
    draft_case(world)
    office = world.office
    assert numbers(office.window) == [submitted.number]
    assert set(numbers(office.officer)) == {submitted.number, reviewing.number}
    assert numbers(office.approver) == [deciding.number]
    assert numbers(office.supervisor) == []
    assert numbers(elsewhere.officer) == []


@pytest.mark.parametrize("post", list(Post))
def test_who_sees_cases_of_the_department(world: World, post: Post) -> None:
    submitted_case(world)
    draft_case(world)
    staff = StaffFactory(department=world.office.department, posts=[post])
    handling = {Post.WINDOW_OFFICER, Post.CASE_OFFICER, Post.APPROVER, Post.SUPERVISOR}
    assert queries.visible_to(staff).count() == (1 if post in handling else 0)


def test_another_department_s_case_is_not_found_and_the_attempt_audited(
    world: World, elsewhere: Office
) -> None:
    case = submitted_case(world)
    assert queries.case_for_staff(world.office.officer, case.number) == case
    with pytest.raises(errors.CaseNotFound) as refused:
        queries.case_for_staff(elsewhere.officer, case.number)
    refused.value.tell()
    assert AuditEntry.objects.get(action="case.out_of_scope").actor_key == elsewhere.officer.public_id
    with pytest.raises(errors.CaseNotFound):
        queries.case_for_staff(world.office.officer, "YZ404")


def test_a_region_s_officer_sees_the_departments_below(world: World) -> None:
    case = submitted_case(world)
    staff = StaffFactory()
    grant_post(SYSTEM, staff=staff, post=Post.CASE_OFFICER, region=world.office.department.region)
    assert numbers(staff) == [case.number]


def test_whoever_left_sees_nothing(world: World) -> None:
    submitted_case(world)
    world.office.officer.is_active = False
    world.office.officer.save()
    assert numbers(world.office.officer) == []


# --- order and filters


def test_the_queue_is_sorted_by_due_time_and_what_stands_still_comes_last(world: World) -> None:
    paused = suspended_case(world)
    with time_machine.travel("2026-11-04T10:00:00+08:00"):
        later = reviewing_case(world)
    sooner = reviewing_case(world)
    assert numbers(world.office.officer) == [sooner.number, later.number, paused.number]


def test_pages_follow_each_other(world: World) -> None:
    made = {submitted_case(world).number for _ in range(5)}
    first = queries.queue(world.office.window, size=3)
    second = queries.queue(world.office.window, size=3, cursor=first.next_cursor)
    assert {case.number for case in [*first.items, *second.items]} == made
    assert second.next_cursor is None


def test_filters(world: World) -> None:
    free, held = submitted_case(world), actions.claim(world.office.officer.actor, case=submitted_case(world))
    paused = suspended_case(world)
    officer = world.office.officer
    assert set(numbers(officer, desk="mine")) == {held.number, paused.number}
    assert numbers(officer, desk="unclaimed") == [free.number]
    assert numbers(officer, state="suspended") == [paused.number]
    assert numbers(officer, item_code="404") == []
    assert len(numbers(officer, department="ga")) == 3
    assert numbers(officer, words=free.number.lower()) == [free.number]
    assert len(numbers(officer, words="居住证")) == 3
    assert numbers(officer, light="paused") == [paused.number]
    with time_machine.travel("2026-11-09T20:00:00+08:00"):
        assert set(numbers(officer, light="yellow")) == {free.number, held.number}
        assert numbers(officer, light="green") == []
    with time_machine.travel(
        "2026-11-10T10:00:00+08:00"
    ):  # as their lamps show, unread they count as accepted
        assert numbers(officer, light="red") == []
        assert set(numbers(officer, light="green")) == {free.number, held.number}
    with time_machine.travel("2026-11-17T10:00:00+08:00"):
        assert set(numbers(officer, light="red")) == {free.number, held.number}


def test_lights_of_the_filter_are_those_that_are_shown(world: World) -> None:
    for make in (submitted_case, reviewing_case, suspended_case, approved_case):
        make(world)
    everyone = StaffFactory(
        department=world.office.department, posts=[Post.CASE_OFFICER, Post.APPROVER, Post.WINDOW_OFFICER]
    )
    for days in range(0, 30, 3):
        with time_machine.travel(now() + timedelta(days=days), tick=False):
            for case in queries.queue(everyone).items:
                if case.state == "submitted":
                    continue  # its light may be that of the deemed acceptance
                shown = queries.standing(case, now()).light
                assert case.number in numbers(everyone, light=shown)


def test_search_by_number(world: World, elsewhere: Office) -> None:
    case = submitted_case(world)
    assert queries.find(world.office.officer, f" {case.number.lower()} ") == [case]
    assert queries.find(world.office.officer, case.number[:12]) == [case]
    assert queries.find(world.office.officer, "YZ") == []
    assert queries.find(elsewhere.officer, case.number) == []


def test_what_is_offered_follows_post_and_state(world: World) -> None:
    case = submitted_case(world)

    def offered(staff: Staff) -> set[str]:
        roles, facts = roles_of(staff.actor, staff, case), facts_of(case, staff, now())
        return {action.value for action in table.TABLE.possible(case.state, roles, facts)}

    assert offered(world.office.window) >= {"accept", "reject", "request_correction", "claim"}
    assert offered(world.office.supervisor) == set()
    assert "begin_review" not in offered(world.office.officer)


def test_to_whom_a_case_can_go(world: World) -> None:
    case = reviewing_case(world)
    assert queries.receivers(case) == [world.office.colleague]


# --- supervision


def test_figures(world: World, elsewhere: Office) -> None:
    reviewing_case(world)
    suspended_case(world)
    corrected_case(world)
    concluded_case(world)
    boss = world.office.supervisor
    figures = queries.figures(boss)
    assert (figures.open, figures.overdue, figures.near_due, figures.paused) == (3, 0, 0, 2)
    assert (figures.decided, figures.decided_in_time) == (1, 1)
    with time_machine.travel("2026-11-13T10:00:00+08:00"):
        assert queries.figures(boss).near_due == 1
        assert len(queries.near_due_cases(boss).items) == 1
    with time_machine.travel("2026-11-17T10:00:00+08:00"):
        assert queries.figures(boss).overdue == 1
        assert len(queries.overdue_cases(boss).items) == 1
        (row,) = queries.figures_by_department(boss)
        assert (row.code, row.overdue, row.open) == ("ga", 1, 3)
    assert queries.figures(elsewhere.supervisor).open == 0


def test_an_unread_application_is_overdue_only_when_its_decision_is(world: World) -> None:
    submitted_case(world)
    boss = world.office.supervisor
    with time_machine.travel("2026-11-11T10:00:00+08:00"):
        assert queries.figures(boss).overdue == 0
    with time_machine.travel("2026-11-17T10:00:00+08:00"):
        assert queries.figures(boss).overdue == 1


# --- the citizen's lists


def test_my_cases_and_todos(world: World) -> None:
    concluded = concluded_case(world)
    correction = corrected_case(world)
    ready = delivering_case(world)
    draft = draft_case(world)
    submitted_case(World(world.office, world.version, make_citizen()))

    def mine(state: str) -> set[int]:
        return {case.pk for case in queries.my_cases(world.citizen, state=state).items}

    assert mine("all") == {concluded.pk, correction.pk, ready.pk, draft.pk}
    assert mine("open") == {correction.pk, ready.pk}
    assert mine("done") == {concluded.pk}
    assert mine("draft") == {draft.pk}
    assert queries.todos(world.citizen) == [correction, ready, draft, concluded]
    actions.mark_rated(case=concluded, stars=5)
    assert concluded not in queries.todos(world.citizen)


# --- statements


def fill(world: World, count: int) -> None:
    for _ in range(count):
        submitted_case(World(world.office, world.version, make_citizen()))


@pytest.mark.parametrize("count", [1, 6])
def test_the_queue_takes_the_same_statements_for_any_length(
    world: World, django_assert_num_queries: Assert, count: int
) -> None:
    fill(world, count)
    officer = Staff.objects.get(pk=world.office.officer.pk)
    with django_assert_num_queries(3):  # posts, the page, the calendar
        page = queries.queue(officer)
        calendar, moment = Workdays.load(), now()
        for case in page.items:
            present_summary(case, moment, calendar)
            assert case.citizen.masked_name
            assert case.assignee is None
    assert len(page.items) == count


def test_my_cases_take_two_statements(world: World, django_assert_num_queries: Assert) -> None:
    for make in (submitted_case, reviewing_case, concluded_case, draft_case):
        make(world)
    with django_assert_num_queries(2):
        calendar, moment = Workdays.load(), now()
        for case in queries.my_cases(world.citizen).items:
            present_summary(case, moment, calendar)
    with django_assert_num_queries(2):
        calendar, moment = Workdays.load(), now()
        for case in queries.todos(world.citizen):
            present_summary(case, moment, calendar)


@pytest.mark.parametrize("make", [submitted_case, corrected_case, reviewing_case, concluded_case])
def test_one_case_whole_takes_a_fixed_number_of_statements(
    world: World, django_assert_max_num_queries: Assert, make: Callable[..., Case]
) -> None:
    case = make(world)
    with django_assert_max_num_queries(10):
        present_detail(queries.whole(case), now(), Workdays.load())


def test_figures_take_one_statement_each(world: World, django_assert_num_queries: Assert) -> None:
    accepted_case(world)
    boss = world.office.supervisor
    assert holds(boss, Post.SUPERVISOR)  # a request reads the posts once
    with django_assert_num_queries(1):
        queries.figures(boss)
    with django_assert_num_queries(1):
        queries.figures_by_department(boss)
    with django_assert_num_queries(1):
        queries.overdue_cases(boss)


def test_suggestions_take_two_statements(world: World, django_assert_num_queries: Assert) -> None:
    submitted_case(world)
    case = draft_case(world)
    materials = list(queries.versions.version(case.item_version_id).materials.values())
    with django_assert_num_queries(2):
        queries.reusable(case, materials)


def test_published_items_do_not_mix(world: World) -> None:
    make_published(code="990100000709002002", name="居住证签注")
    submitted_case(world)
    assert numbers(world.office.window, item_code="990100000709002002") == []
