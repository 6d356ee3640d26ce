"""差评整改: the table walked by every post, ends, disputes, and what stays for ever."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import time_machine
from django.db import transaction
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
)
from support.rows import changed, stored

from zhijian.core.errors import Problem
from zhijian.core.zone import CHINA
from zhijian.organizations.models import Staff
from zhijian.organizations.rules import Post
from zhijian.ratings import actions
from zhijian.ratings.models import Rectification
from zhijian.ratings.queries.rectifications import facts_of
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
        transition = next(iter(rules.TABLE.rows(state, action)), None)
        for post, staff in people.items():
            found[action, post] = outcome(action, staff, order, place.officer)
            if transition is None:
                expected[action, post] = "ratings.state_forbids"
            elif post not in transition.roles:
                expected[action, post] = "ratings.post_forbids"
            elif (action, state) == (
                Action.FIX,
                State.ASSIGNED,
            ):  # whoever can be contacted is contacted first
                expected[action, post] = "ratings.not_now"
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
    row = next(iter(rules.TABLE.rows(state, action)), None)
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


def test_an_upheld_rating_gives_the_department_its_time_anew(place: Place) -> None:
    with time_machine.travel("2026-11-02T09:00:00+08:00", tick=False):
        order = disputed(place)
        before = stored(order)
    with time_machine.travel("2026-11-09T09:00:00+08:00", tick=False):
        actions.uphold(place.supervisor.actor, order=order, note="证据不足")
        found = changed(before, order)
    assert {
        name: f"{found.pop(name).astimezone(CHINA):%m-%d}" for name in ("due_at", "warn_at", "fix_due_at")
    } == {
        "due_at": "11-10",
        "warn_at": "11-09",
        "fix_due_at": "11-16",
    }
    assert found == {"state": State.ASSIGNED, "resumes": "", "ground": ""}


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


def test_who_left_no_contact_needs_no_contact_written_down(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """扫码 without a log-in: the officer mends the matter at once; whoever can be asked is asked first."""
    order = assigned(place)
    with pytest.raises(Problem) as refusal:
        actions.fix(place.officer.actor, order=order, measure="增开窗口")
    assert "请先登记联系" in refusal.value.detail
    unreachable = lambda row, staff: replace(facts_of(row, staff), reachable=False)  # noqa: E731
    monkeypatch.setattr("zhijian.ratings.actions.rectifying.facts_of", unreachable)
    mended = actions.fix(place.officer.actor, order=order, measure="增开窗口")
    assert (mended.state, mended.contacted_at) == (State.FIXED, None)
