"""Who may not: every post that has no business, other departments, other citizens, people who left."""

import logging

import pytest
from cases.factories import World, case_in, make_citizen, make_office, make_world
from cases.test_states import CALLS
from organizations.factories import StaffFactory

from zhijian.audit.models import AuditEntry
from zhijian.cases import actions, errors
from zhijian.cases.models import Case, CaseStep
from zhijian.cases.rules import table
from zhijian.cases.rules.states import WORK, State
from zhijian.organizations.rules import Post

pytestmark = pytest.mark.django_db
HANDLING = [Post.WINDOW_OFFICER, Post.CASE_OFFICER, Post.APPROVER]


def possible_calls(state: State, *, citizen: bool) -> list[table.Action]:
    return [
        action
        for action in CALLS
        if any(("citizen" in row.roles) == citizen for row in table.TABLE.rows(state, action))
    ]


@pytest.mark.parametrize("state", sorted(WORK))
def test_another_department_s_officers_can_do_nothing(state: State) -> None:
    world = make_world()
    case = case_in(state, world)
    elsewhere = World(make_office("mz", "云州市民政局"), world.version, world.citizen)
    for action in possible_calls(state, citizen=False):
        with pytest.raises(errors.PostForbids) as refused:
            CALLS[action](elsewhere, case)
        refused.value.tell()
    assert AuditEntry.objects.filter(action="case.post_forbids", outcome="refused").exists()
    assert Case.objects.get().state == state


@pytest.mark.parametrize("state", [state for state in State if possible_calls(state, citizen=True)])
def test_another_citizen_can_do_nothing_and_finds_nothing(state: State) -> None:
    world = make_world()
    case = case_in(state, world)
    stranger = World(world.office, world.version, make_citizen())
    for action in possible_calls(state, citizen=True):
        with pytest.raises(errors.CaseNotFound) as refused:
            CALLS[action](stranger, case)
        refused.value.tell()
    assert AuditEntry.objects.filter(action="case.foreign", actor_key=stranger.citizen.public_id).exists()
    assert Case.objects.get().state == state


@pytest.mark.parametrize("post", [post for post in Post if post not in HANDLING])
def test_posts_that_handle_no_cases(post: Post) -> None:
    world = make_world()
    case = case_in(State.SUBMITTED, world)
    staff = StaffFactory(department=world.office.department, posts=[post])
    for call in (
        lambda: actions.claim(staff.actor, case=case),
        lambda: actions.accept(staff.actor, case=case),
        lambda: actions.return_case(staff.actor, case=case, reason="不受理"),
    ):
        with pytest.raises(errors.PostForbids):
            call()


def test_whoever_left_can_do_nothing() -> None:
    world = make_world()
    case = case_in(State.SUBMITTED, world)
    world.office.window.is_active = False
    world.office.window.save()
    with pytest.raises(errors.PostForbids):
        actions.accept(world.office.window.actor, case=case)


def test_a_citizen_cannot_do_the_office_s_work() -> None:
    world = make_world()
    case = case_in(State.SUBMITTED, world)
    with pytest.raises(errors.PostForbids):
        actions.accept(world.citizen.actor, case=case)


@pytest.mark.parametrize("state", [State.CONCLUDED, State.CORRECTION, State.REJECTED, State.VOIDED])
def test_audit_and_history_and_logs_hold_no_personal_data(
    state: State, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        world = make_world()
        case = case_in(state, world)
    citizen = world.citizen
    secrets = [citizen.name, citizen.id_number, citizen.phone, "云州市试验路1号2单元301室"]
    written = [str(row) for row in AuditEntry.objects.values_list()]
    written += [str(row) for row in CaseStep.objects.filter(case=case).values_list("post", "actor_key")]
    written.append(caplog.text)
    for secret in secrets:
        assert not any(secret in line for line in written)
    people = [world.office.window.name, world.office.officer.name, world.office.approver.name]
    assert not any(name in line for name in people for line in written[:-1])
