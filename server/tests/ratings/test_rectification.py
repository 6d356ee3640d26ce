"""差评整改: the table walked by every post, ends, disputes, and what stays for ever."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from organizations.factories import StaffFactory
from ratings.factories import (
    IN_STATE,
    Place,
    assigned,
    called_back,
    disputed,
    fixed,
    fixing,
    make_hall,
    poor_rating,
    published,
)

from zhijian.audit.models import AuditEntry
from zhijian.cases.rules.lights import Light
from zhijian.core.clock import now
from zhijian.core.errors import Problem
from zhijian.core.workdays import Workdays
from zhijian.core.zone import CHINA
from zhijian.organizations.models import Staff
from zhijian.organizations.rules import Post
from zhijian.ratings import actions
from zhijian.ratings.actions.opening import deadline
from zhijian.ratings.events import RectificationClosed, RectificationOpened
from zhijian.ratings.models import Rectification, RectificationStep
from zhijian.ratings.queries.rectifications import light_of, listed, one, visible_to, waiting_count
from zhijian.ratings.rules import rectification as rules
from zhijian.ratings.rules.rectification import Action, Facts, State

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Place:
    return make_hall()


def do(action: Action, staff: Staff, order: Rectification, officer: Staff) -> Any:
    """Every action with sound arguments."""
    calls: dict[Action, Callable[[], Any]] = {
        Action.ASSIGN: lambda: actions.assign(staff.actor, order=order, officer=officer),
        Action.CONTACT: lambda: actions.contact(staff.actor, order=order, note="已联系"),
        Action.FIX: lambda: actions.fix(staff.actor, order=order, measure="已改正"),
        Action.CALL_BACK: lambda: actions.call_back(staff.actor, order=order, note="满意"),
        Action.SEND_BACK: lambda: actions.send_back(staff.actor, order=order, note="不满意"),
        Action.PUBLISH: lambda: actions.publish(staff.actor, order=order, outcome="已增开窗口"),
        Action.DISPUTE: lambda: actions.dispute(
            staff.actor, order=order, ground="malicious", note="与事实不符"
        ),
        Action.DISMISS: lambda: actions.dismiss(staff.actor, order=order, note="证据充分"),
        Action.UPHOLD: lambda: actions.uphold(staff.actor, order=order, note="证据不足"),
    }
    return calls[action]()


def outcome(action: Action, staff: Staff, order: Rectification, officer: Staff) -> str:
    """The state that comes of it, or the refusal's code; undone either way."""
    try:
        with transaction.atomic():
            # The guard on whose order it is has its own test: here everybody is its officer.
            if order.assignee_id:
                Rectification.objects.filter(pk=order.pk).update(assignee=staff)
            do(action, staff, Rectification.objects.get(pk=order.pk), officer)
            happened = Rectification.objects.get(pk=order.pk).state
            transaction.set_rollback(True)
    except Problem as refusal:
        return refusal.code
    return happened


@pytest.mark.parametrize("state", list(State))
def test_every_action_and_post(place: Place, state: State) -> None:
    order = IN_STATE[state](place)
    assert order.state == state
    people = {post: StaffFactory.create(department=place.department, posts=[post]) for post in Post}
    found, expected = {}, {}
    for action in Action:
        transition = rules.find(state, action)
        for post, staff in people.items():
            found[action, post] = outcome(action, staff, order, place.officer)
            if transition is None:
                expected[action, post] = "ratings.state_forbids"
            elif post not in transition.roles:
                expected[action, post] = "ratings.post_forbids"
            else:
                expected[action, post] = transition.target or State(order.resumes)
    assert found == expected


def test_every_state_is_reached_and_only_two_are_ends() -> None:
    targets = {row.target for row in rules.TABLE} | {State.OPEN}
    assert targets - {None} == set(State)
    assert set(State) - {row.source for row in rules.TABLE} == {State.PUBLISHED, State.DISMISSED}
    assert set(rules.UNDER_WAY) == {row.source for row in rules.TABLE} == set(rules.WITHIN)


@pytest.mark.parametrize(
    ("action", "state", "facts"),
    [
        (Action.CONTACT, State.ASSIGNED, Facts(mine=False)),
        (Action.FIX, State.FIXING, Facts(mine=False)),
        (Action.CALL_BACK, State.FIXED, Facts(fixed_by_self=True)),
        (Action.PUBLISH, State.CALLED_BACK, Facts(fixed_by_self=True)),
        (Action.DISPUTE, State.OPEN, Facts(disputed_before=True)),
        (Action.DISPUTE, State.FIXING, Facts(mine=True, disputed_before=True)),
        (Action.DISMISS, State.DISPUTED, Facts(disputed_by_self=True)),
        (Action.UPHOLD, State.DISPUTED, Facts(disputed_by_self=True)),
    ],
)
def test_guards(action: Action, state: State, facts: Facts) -> None:
    row = rules.find(state, action)
    assert row is not None
    assert row.guard(facts)
    assert row.guard(Facts(mine=True)) == ""


def test_anothers_order_is_not_touched(place: Place) -> None:
    with pytest.raises(Problem) as refusal:
        actions.contact(place.colleague.actor, order=assigned(place), note="已联系")
    assert (refusal.value.code, "其他人员" in refusal.value.detail) == ("ratings.not_now", True)


def test_another_departments_staff_cannot(place: Place) -> None:
    order, stranger = poor_rating(place), make_hall()
    for staff in (stranger.approver, stranger.supervisor):
        with pytest.raises(Problem) as refusal:
            actions.assign(staff.actor, order=order, officer=stranger.officer)
        assert refusal.value.code == "ratings.post_forbids"
    with pytest.raises(Problem) as refusal:
        actions.assign(place.approver.actor, order=order, officer=stranger.officer)
    assert refusal.value.code == "ratings.officer_wrong"


def test_who_is_rated_does_not_judge_the_rating(place: Place) -> None:
    order = disputed(place)
    for staff in (place.officer, place.approver, place.manager):
        with pytest.raises(Problem) as refusal:
            actions.dismiss(staff.actor, order=order, note="就是恶意")
        assert refusal.value.code == "ratings.post_forbids"
    assert actions.dismiss(place.supervisor.actor, order=order, note="证据充分").state == State.DISMISSED


def test_an_upheld_rating_goes_on_where_it_was_and_is_disputed_once(place: Place) -> None:
    order = actions.uphold(place.supervisor.actor, order=disputed(place), note="证据不足")
    assert (order.state, order.ground, order.assignee) == (State.ASSIGNED, "", place.officer)
    with pytest.raises(Problem) as refusal:
        actions.dispute(place.officer.actor, order=order, ground="mistaken", note="再次申请")
    assert refusal.value.code == "ratings.not_now"


def test_not_content_means_fixing_again(place: Place) -> None:
    order = actions.send_back(place.approver.actor, order=fixed(place), note="只打了电话，没有改")
    assert (order.state, order.fixed_at) == (State.FIXING, None)
    assert order.contacted_at is not None


@pytest.mark.parametrize(
    "call",
    [
        lambda place: actions.contact(place.officer.actor, order=assigned(place), note=" "),
        lambda place: actions.fix(place.officer.actor, order=fixing(place), measure=""),
        lambda place: actions.publish(place.approver.actor, order=called_back(place), outcome=""),
        lambda place: actions.publish(place.approver.actor, order=called_back(place), outcome="长" * 1001),
        lambda place: actions.dispute(
            place.officer.actor, order=assigned(place), ground="tired", note="因为"
        ),
        lambda place: actions.dispute(place.officer.actor, order=assigned(place), ground="mistaken", note=""),
    ],
)
def test_words_are_needed(place: Place, call: Callable[[Place], Any]) -> None:
    with pytest.raises(Problem) as refusal:
        call(place)
    assert refusal.value.code == "ratings.words_needed"
    assert refusal.value.fields


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
    assert waiting_count(place.approver) == 2  # to assign, to call back
    assert waiting_count(place.officer) == 1
    assert waiting_count(place.supervisor) == 1
    assert waiting_count(place.colleague) == 0


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
