"""决定 (行政许可法 art. 37, 38)."""

from django.db import transaction

from zhijian.cases.actions import clocks, turn
from zhijian.cases.actions.reception import refusal_of
from zhijian.cases.errors import WordsMissing, need
from zhijian.cases.models import Case
from zhijian.cases.rules.acts import Action
from zhijian.cases.rules.states import State
from zhijian.core.actor import Actor
from zhijian.core.errors import FieldError


@transaction.atomic
def decide(
    actor: Actor,
    *,
    case: Case,
    outcome: str,
    opinion: str = "",
    reasons: str = "",
    law: str = "",
    seen: str | None = None,
) -> Case:
    """``outcome`` ``approve`` needs an opinion; ``refuse`` needs reasons and law, told with the remedies."""
    move = turn.begin(actor, case, Action.DECIDE, seen=seen)
    if outcome == "approve":
        return _approve(move, need("opinion", opinion, label="决定意见"))
    if outcome != "refuse":
        raise WordsMissing(fields=[FieldError("/outcome", "required", "请选择准予或不予")])
    move.row.refusal = refusal_of(move.row, kind="refused", reasons=reasons, law=law)
    _decided(move, outcome, State.REFUSED)
    return turn.finish(
        move,
        to=State.REFUSED,
        opinion=opinion,
        note=reasons,
        verdict=turn.Verdict.BACK,
        facts={"outcome": outcome},
    )


@transaction.atomic
def decide_at_once(actor: Actor, *, case: Case, opinion: str, seen: str | None = None) -> Case:
    """即办件: accept and approve in one step, at the counter or right after submission."""
    move = turn.begin(actor, case, Action.DECIDE_AT_ONCE, seen=seen)
    words = need("opinion", opinion, label="决定意见")
    move.row.accepted_at = move.at
    clocks.wind(move.row, State.ACCEPTED)
    return _approve(move, words)


def _approve(move: turn.Turn, opinion: str) -> Case:
    _decided(move, "approve", State.APPROVED)
    return turn.finish(
        move, to=State.APPROVED, opinion=opinion, verdict=turn.Verdict.PASS, facts={"outcome": "approve"}
    )


def _decided(move: turn.Turn, outcome: str, state: State) -> None:
    move.row.outcome = outcome
    move.row.decider = move.staff
    move.row.decided_at = move.at
    clocks.wind(move.row, state)
