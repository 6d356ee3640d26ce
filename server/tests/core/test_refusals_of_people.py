"""Who made a request reads a refusal of what they asked: never that of a post, and never of a step that the platform took."""

from collections.abc import Callable

import pytest

from zhijian.cases.rules import table as cases
from zhijian.cases.rules.guards import Facts as CaseFacts
from zhijian.core.errors import Forbidden, InternalStepRefused, Problem
from zhijian.tickets.rules import table as tickets
from zhijian.tickets.rules.guards import Facts as TicketFacts

PEOPLE = {"cases": "citizen", "tickets": "reporter"}
TABLES = {"cases": cases, "tickets": tickets}
#: Actions that the platform takes in some of the states in which the office may, with the reason why the others never
#: meet it.
PARTLY_OURS = {
    ("tickets", "merge"): "a new ticket is joined before it is sent on",
    (
        "tickets",
        "withdraw",
    ): "what everybody left is ended while it is locked in a state that it may be left in",
    ("cases", "conclude"): "called in the state that issuing has just entered",
    ("cases", "return_case"): "nothing does it by itself",
}
REFUSALS: dict[str, Callable[[str, object, str], object]] = {
    "cases": lambda state, action, role: cases.TABLE.refusal(state, action, frozenset({role}), CaseFacts()),  # type: ignore[arg-type]
    "tickets": lambda state, action, role: tickets.TABLE.refusal(
        state, action, frozenset({role}), TicketFacts()
    ),  # type: ignore[arg-type]
}


def _taken_by(domain: str, role: str) -> set[object]:
    return {row.action for row in TABLES[domain].TABLE if role in row.roles}


@pytest.mark.parametrize("domain", list(TABLES))
def test_what_people_may_do_is_never_refused_for_a_post(domain: str) -> None:
    """In whatever state it is met: the state or a condition forbids it, in words for people."""
    role = PEOPLE[domain]
    for row in TABLES[domain].TABLE:
        if row.action in _taken_by(domain, role):
            refusal = REFUSALS[domain](row.source, row.action, role)
            assert refusal is None or refusal.kind not in {"role", "post"}, (row.source, row.action)  # type: ignore[attr-defined]


@pytest.mark.parametrize("domain", list(TABLES))
def test_a_step_of_the_platform_is_in_the_table_wherever_it_may_be_met(domain: str) -> None:
    found = {
        (domain, row.action.value)
        for row in TABLES[domain].TABLE
        if row.action in _taken_by(domain, "system") and "system" not in row.roles
    }
    assert found == {one for one in PARTLY_OURS if one[0] == domain}


def test_a_fault_of_the_platform_is_no_refusal() -> None:
    assert not issubclass(InternalStepRefused, Problem)
    assert not issubclass(Forbidden, InternalStepRefused)
