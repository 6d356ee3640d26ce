"""The life cycle: every state × action × role, against the expectation written down here by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhijian.cases.rules import table
from zhijian.cases.rules.acts import LABELS_EN as ACTIONS_EN
from zhijian.cases.rules.acts import Action
from zhijian.cases.rules.guards import Facts
from zhijian.cases.rules.states import DONE, OPEN, WORK, State
from zhijian.cases.rules.states import LABELS_EN as STATES_EN
from zhijian.organizations.rules import Post

ROLES = ("citizen", "system", *(post.value for post in Post))
W, O, A, C, S = "window_officer", "case_officer", "approver", "citizen", "system"  # noqa: E741

#: state: {action: (roles, states it may lead to)}; a target of None keeps the state.
DESK = ("claim", "release", "take_over")
EXPECTED: dict[str, dict[str, tuple[set[str], set[str | None]]]] = {
    "draft": {"submit": ({C}, {"submitted"}), "discard": ({C}, {None})},
    "submitted": {
        "request_correction": ({W, O}, {"correction"}),
        "reject": ({W, O}, {"rejected"}),
        "accept": ({W, O}, {"accepted"}),
        "deem_accepted": ({S}, {"accepted"}),
        "decide_at_once": ({W, O, A}, {"approved"}),
        "return_case": ({W, O}, {"returned"}),
        "withdraw": ({C}, {"withdrawn"}),
        "urge": ({C}, {None}),
        "transfer": ({W, O} | {A}, {None}),
        **{action: ({W, O}, {None}) for action in DESK},
    },
    "correction": {
        "resubmit": ({C}, {"submitted"}),
        "withdraw": ({C}, {"withdrawn"}),
        "return_case": ({W, O, S}, {"returned"}),
    },
    "rejected": {"archive": ({O, S}, {"archived"})},
    "accepted": {
        "begin_review": ({O}, {"reviewing"}),
        "return_case": ({W, O}, {"returned"}),
        "withdraw": ({C}, {"withdrawn"}),
        "urge": ({C}, {None}),
        "transfer": ({O} | {A}, {None}),
        **{action: ({O}, {None}) for action in DESK},
    },
    "reviewing": {
        "suspend": ({O}, {"suspended"}),
        "ask_extension": ({O}, {None}),
        "approve_extension": ({A}, {None}),
        "deny_extension": ({A}, {None}),
        "recall_extension": ({O}, {None}),
        "pass_review": ({O}, {"deciding"}),
        "return_case": ({W, O}, {"returned"}),
        "withdraw": ({C}, {"withdrawn"}),
        "urge": ({C}, {None}),
        "transfer": ({O} | {A}, {None}),
        **{action: ({O}, {None}) for action in DESK},
    },
    "suspended": {
        "resume": ({O}, {"reviewing"}),
        "withdraw": ({C}, {"withdrawn"}),
        "urge": ({C}, {None}),
        "transfer": ({O} | {A}, {None}),
        **{action: ({O}, {None}) for action in DESK},
    },
    "deciding": {
        "send_back": ({A}, {"reviewing"}),
        "decide": ({A}, {"approved", "refused"}),
        "withdraw": ({C}, {"withdrawn"}),
        "urge": ({C}, {None}),
        "transfer": ({A}, {None}),
        **{action: ({A}, {None}) for action in DESK},
    },
    "approved": {
        "issue": ({W, O}, {"issuing"}),
        "conclude": ({W, O}, {"concluded"}),
        "void": ({A}, {"voided"}),
        "urge": ({C}, {None}),
        "transfer": ({W, O} | {A}, {None}),
        **{action: ({W, O}, {None}) for action in DESK},
    },
    "refused": {
        "conclude": ({W, O}, {"concluded"}),
        "transfer": ({W, O} | {A}, {None}),
        **{action: ({W, O}, {None}) for action in DESK},
    },
    "issuing": {
        "deliver": ({W, O}, {"delivering"}),
        "conclude": ({W, O, S}, {"concluded"}),
        "void": ({A}, {"voided"}),
        "urge": ({C}, {None}),
        "transfer": ({W, O} | {A}, {None}),
        **{action: ({W, O}, {None}) for action in DESK},
    },
    "delivering": {
        "collect": ({W, O}, {"concluded"}),
        "confirm_receipt": ({C}, {"concluded"}),
        "void": ({A}, {"voided"}),
        "urge": ({C}, {None}),
        "transfer": ({W, O} | {A}, {None}),
        **{action: ({W, O}, {None}) for action in DESK},
    },
    "concluded": {"void": ({A}, {"voided"}), "archive": ({O, S}, {"archived"})},
    "withdrawn": {"archive": ({O, S}, {"archived"})},
    "returned": {"archive": ({O, S}, {"archived"})},
    "voided": {"archive": ({O, S}, {"archived"})},
    "archived": {},
}


for _state in OPEN:
    EXPECTED[_state]["recompute"] = ({S}, {None})


@pytest.mark.parametrize("state", list(State))
def test_every_state_action_and_role(state: State) -> None:
    for action in Action:
        check(state, action)


def check(state: State, action: Action) -> None:
    roles, targets = EXPECTED[state].get(action, (set(), set()))
    found = table.TABLE.rows(state, action)
    assert {row.target for row in found} == targets
    for role in ROLES:
        permitted = any(role in row.roles for row in found)
        assert permitted == (role in roles), f"{state} {action} {role}"
        refusal = table.TABLE.refusal(state, action, frozenset({role}), Facts())
        if not found:
            assert refusal
            assert refusal.kind == "state"
        elif not permitted:
            assert refusal
            assert refusal.kind == "role"


def test_every_state_and_action_has_words_in_both_languages() -> None:
    assert set(STATES_EN) == set(State)
    assert set(ACTIONS_EN) == set(Action)
    assert all(any(row.action == action for row in table.TABLE) for action in Action)


def test_nobody_but_those_who_handle_cases_has_a_role() -> None:
    used = frozenset[str]().union(*(row.roles for row in table.TABLE))
    assert used == {C, S, W, O, A}


def test_states_are_a_draft_open_or_done() -> None:
    assert {State.DRAFT} | OPEN | DONE == set(State)
    assert not OPEN & DONE
    assert WORK < OPEN
    assert set(table.DESK) == WORK


def test_acceptance_is_never_undone() -> None:
    before = {State.DRAFT, State.SUBMITTED, State.CORRECTION, State.REJECTED}
    for row in table.TABLE:
        if row.source not in before:
            assert row.target not in before


def test_every_case_can_come_to_an_end() -> None:
    reach = {state for state in State if state in DONE}
    while True:
        more = {row.source for row in table.TABLE if row.target in reach} - reach
        if not more:
            break
        reach |= more
    assert reach == set(State)


GUARDS: list[tuple[str, str, str, Facts, bool]] = [
    ("submitted", "request_correction", W, Facts(), True),
    ("submitted", "request_correction", W, Facts(corrected=True), False),
    ("submitted", "accept", W, Facts(held_by_other=True), False),
    ("submitted", "deem_accepted", S, Facts(), False),
    ("submitted", "deem_accepted", S, Facts(notice_overdue=True), True),
    ("submitted", "decide_at_once", W, Facts(instant=True), True),
    ("submitted", "decide_at_once", W, Facts(instant=False), False),
    ("submitted", "decide_at_once", W, Facts(instant=True, separate_decision=True), False),
    ("correction", "return_case", W, Facts(), False),
    ("correction", "return_case", W, Facts(correction_overdue=True), True),
    ("reviewing", "ask_extension", O, Facts(), True),
    ("reviewing", "ask_extension", O, Facts(has_limit=False), False),
    ("reviewing", "ask_extension", O, Facts(extension="pending"), False),
    ("reviewing", "ask_extension", O, Facts(extension="approved"), False),
    ("reviewing", "ask_extension", O, Facts(extension="denied"), True),
    ("reviewing", "approve_extension", A, Facts(), False),
    ("reviewing", "approve_extension", A, Facts(extension="pending"), True),
    ("reviewing", "approve_extension", A, Facts(extension="pending", asked_extension_self=True), False),
    ("reviewing", "pass_review", O, Facts(extension="pending"), False),
    ("reviewing", "suspend", O, Facts(extension="pending"), False),
    ("deciding", "decide", A, Facts(acts_as_reviewer=True), True),
    ("deciding", "decide", A, Facts(acts_as_reviewer=True, separate_decision=True), False),
    ("deciding", "decide", A, Facts(separate_decision=True), True),
    ("approved", "issue", W, Facts(has_result=False), False),
    ("approved", "conclude", W, Facts(), False),
    ("approved", "conclude", W, Facts(has_result=False), True),
    ("issuing", "deliver", W, Facts(), False),
    ("issuing", "deliver", W, Facts(electronic=False), True),
    ("issuing", "conclude", W, Facts(electronic=False), False),
    ("submitted", "urge", C, Facts(urged_today=True), False),
    ("submitted", "claim", W, Facts(held_by_other=True), False),
    ("submitted", "claim", W, Facts(held_by_self=True), False),
    ("submitted", "take_over", W, Facts(held_by_other=True), True),
    ("submitted", "take_over", W, Facts(held_by_self=True), False),
    ("submitted", "take_over", W, Facts(), False),
    ("reviewing", "transfer", O, Facts(held_by_other=True), False),
    ("reviewing", "transfer", O, Facts(held_by_other=True, holder_gone=True), True),
    ("reviewing", "transfer", A, Facts(held_by_other=True), True),
    ("reviewing", "recall_extension", O, Facts(), False),
    ("reviewing", "recall_extension", O, Facts(extension="approved"), False),
    ("reviewing", "recall_extension", O, Facts(extension="pending"), True),
    ("reviewing", "recall_extension", O, Facts(extension="pending", held_by_other=True), False),
    ("reviewing", "ask_extension", O, Facts(extension="recalled"), True),
    ("submitted", "release", W, Facts(), False),
    ("submitted", "release", W, Facts(held_by_self=True), True),
]


@pytest.mark.parametrize(("state", "action", "role", "facts", "possible"), GUARDS)
def test_conditions(state: str, action: str, role: str, facts: Facts, possible: bool) -> None:
    refusal = table.TABLE.refusal(state, Action(action), frozenset({role}), facts)
    assert (refusal is None) == possible
    if refusal:
        assert refusal.kind == "guard"
        assert refusal.words


any_facts = st.builds(
    Facts,
    **{
        name: st.booleans()
        for name in Facts.__slots__  # type: ignore[attr-defined]
        if name != "extension"
    },
    extension=st.sampled_from(["", "pending", "approved", "denied", "recalled"]),
)


@given(st.sampled_from(list(State)), st.sets(st.sampled_from(ROLES)), any_facts)
def test_what_is_offered_is_what_is_not_refused(state: State, roles: set[str], facts: Facts) -> None:
    held = frozenset(roles)
    offered = set(table.TABLE.possible(state, held, facts))
    assert offered == {action for action in Action if table.TABLE.refusal(state, action, held, facts) is None}


@given(any_facts)
def test_without_a_role_nothing_is_possible(facts: Facts) -> None:
    assert all(not table.TABLE.possible(state, frozenset(), facts) for state in State)
