"""What the right side of the case page offers: pure, from the life cycle's table."""

import pytest
from django.http import QueryDict

from zhijian.cases.console.doing import DO
from zhijian.cases.console.offers import ASKS, FIRST, blocked, offers
from zhijian.cases.rules import table
from zhijian.cases.rules.acts import Action
from zhijian.cases.rules.guards import Facts
from zhijian.cases.rules.states import State
from zhijian.core.errors import FieldError, Invalid
from zhijian.organizations.rules import Post
from zhijian.workbench.acting import Tried

STAFF_ROLES = [frozenset({post.value}) for post in (Post.WINDOW_OFFICER, Post.CASE_OFFICER, Post.APPROVER)]
MINE = Facts(held_by_self=True)


def _codes(state: State, roles: frozenset[str], facts: Facts = MINE, *, held: bool = True) -> list[str]:
    return [offer.code for offer in offers(state, roles, facts, held=held)]


def test_every_action_of_staff_can_be_asked_for_and_done() -> None:
    staff_actions = {row.action for row in table.TABLE if row.roles & frozenset().union(*STAFF_ROLES)}
    assert staff_actions == set(ASKS) == set(DO)


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("roles", STAFF_ROLES)
def test_one_action_leads_and_nothing_is_offered_that_the_rules_forbid(
    state: State, roles: frozenset[str]
) -> None:
    shown = offers(state, roles, MINE, held=True)
    assert {offer.code for offer in shown} == {
        action.value for action in table.TABLE.possible(state, roles, MINE)
    }
    primary = [offer for offer in shown if offer.kind == "primary"]
    assert len(primary) <= 1
    assert primary == shown[: len(primary)]


def test_a_case_that_nobody_holds_is_claimed_first() -> None:
    codes = _codes(State.SUBMITTED, STAFF_ROLES[0], Facts(), held=False)
    assert codes[0] == Action.CLAIM


def test_destructive_actions_stand_apart_and_ask_for_words() -> None:
    for offer in offers(State.SUBMITTED, STAFF_ROLES[0], MINE, held=True):
        if offer.code in {Action.REJECT, Action.RETURN_CASE}:
            assert offer.kind == "danger"
            assert offer.template


def test_whoever_reviewed_is_told_why_another_must_decide() -> None:
    facts = Facts(separate_decision=True, acts_as_reviewer=True, held_by_self=True)
    told = blocked(State.DECIDING, STAFF_ROLES[2], facts)
    assert [(one.label, one.reason) for one in told] == [("作出决定", "该事项要求审查与决定由不同人员作出")]
    assert Action.DECIDE not in _codes(State.DECIDING, STAFF_ROLES[2], facts)


def test_a_case_held_by_another_says_so_once() -> None:
    told = blocked(State.SUBMITTED, STAFF_ROLES[0], Facts(held_by_other=True))
    assert [one.reason for one in told] == ["这个办件正由其他人员办理，请先接手或请对方转办"]


def test_a_second_correction_is_explained() -> None:
    told = blocked(State.SUBMITTED, STAFF_ROLES[0], Facts(corrected=True, held_by_self=True))
    assert [one.label for one in told] == [Action.REQUEST_CORRECTION.label]


def test_a_refused_attempt_comes_back_open_with_what_was_typed() -> None:
    problem = Invalid(fields=[FieldError("/reasons", "required", "请写明理由")])
    shown = offers(
        State.SUBMITTED,
        STAFF_ROLES[0],
        MINE,
        held=True,
        tried=Tried("reject", QueryDict("law=某法"), problem),
    )
    opened = [offer for offer in shown if offer.open]
    assert [offer.code for offer in opened] == ["reject"]
    assert opened[0].values == {"law": "某法"}
    assert opened[0].errors == {"/reasons": "请写明理由"}


def test_what_leads_on_is_a_real_row_of_the_table() -> None:
    for state, actions in FIRST.items():
        for action in actions:
            assert table.TABLE.rows(state, action), (state, action)


def test_an_approver_is_told_of_an_extension_only_when_one_was_asked() -> None:
    assert blocked(State.REVIEWING, STAFF_ROLES[2], Facts()) == []
    (own,) = blocked(State.REVIEWING, STAFF_ROLES[2], Facts(extension="pending", asked_extension_self=True))
    assert "自己审批" in own.reason
