"""Who may do what with a text under review, for every standing in every state."""

import itertools

import pytest

from zhijian.editorial.rules import (
    LABELS,
    Refusal,
    Standing,
    State,
    may_edit,
    may_end,
    may_review,
    may_take_back,
)

REVIEWING = (State.DEPARTMENT_REVIEW, State.CENTRE_REVIEW)
EVERYBODY = [
    Standing(writer=m, reviewer=r, centre_reviewer=c, author=a, passed_before=p)
    for m, r, c, a, p in itertools.product([False, True], repeat=5)
]


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("who", EVERYBODY)
def test_every_standing_in_every_state(state: State, who: Standing) -> None:
    locked = state in REVIEWING or state == State.SCHEDULED
    if not who.writer:
        assert may_edit(state, who) == Refusal.NOT_YOURS
    else:
        assert may_edit(state, who) == (Refusal.WRONG_STATE if locked else None)
    decided = may_review(state, who)
    if state not in REVIEWING:
        assert decided == Refusal.WRONG_STATE
    else:
        right = who.reviewer if state == State.DEPARTMENT_REVIEW else who.centre_reviewer
        assert (decided is None) == (right and not who.author and not who.passed_before)
        assert decided != Refusal.OWN_DRAFT or (right and who.author)
    back = may_take_back(state, who)
    if state == State.SCHEDULED:
        assert (back is None) == (who.writer or who.reviewer or who.centre_reviewer)
    else:
        assert (back is None) == (who.writer and state in {*REVIEWING, State.REJECTED})


@pytest.mark.parametrize("who", EVERYBODY)
@pytest.mark.parametrize("reviewer_ends", [True, False])
def test_who_ends_what_is_published(who: Standing, reviewer_ends: bool) -> None:
    allowed = who.writer or who.centre_reviewer or (who.reviewer and reviewer_ends)
    live = may_end(who, live=True, reviewer_ends=reviewer_ends)
    assert live == (None if allowed else Refusal.NOT_YOURS)
    gone = may_end(who, live=False, reviewer_ends=reviewer_ends)
    assert gone == (Refusal.WRONG_STATE if allowed else Refusal.NOT_YOURS)


def test_every_state_has_a_word() -> None:
    assert set(LABELS) == set(State)
