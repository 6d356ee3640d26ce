"""Side exits: withdrawal, return, voiding; and the archive."""

from django.db import transaction

from zhijian.cases.actions import clocks, turn
from zhijian.cases.actions.review import end_pause
from zhijian.cases.errors import need
from zhijian.cases.models import Case, CaseResult
from zhijian.cases.rules.acts import Action
from zhijian.cases.rules.states import State
from zhijian.core.actor import Actor
from zhijian.licences.actions import revoke


@transaction.atomic
def withdraw(actor: Actor, *, case: Case, reason: str = "") -> Case:
    """撤回, by the applicant, before the decision. A reason is asked, not required."""
    return _leave(turn.begin(actor, case, Action.WITHDRAW), State.WITHDRAWN, reason.strip())


@transaction.atomic
def return_case(actor: Actor, *, case: Case, reason: str, seen: str | None = None) -> Case:
    """退件: not ours, a duplicate, or a correction that never came."""
    move = turn.begin(actor, case, Action.RETURN_CASE, seen=seen)
    return _leave(move, State.RETURNED, need("reason", reason, label="退件的理由"))


@transaction.atomic
def void(actor: Actor, *, case: Case, reason: str, law: str) -> Case:
    """作废 after approval; a result already issued is revoked with it."""
    move = turn.begin(actor, case, Action.VOID)
    words = f"{need('reason', reason, label='作废的理由')}（依据：{need('law', law, label='依据')}）"
    if result := CaseResult.objects.select_related("licence").filter(case=move.row).first():
        revoke(move.actor, licence=result.licence, reason=reason.strip())
    return _leave(move, State.VOIDED, words)


@transaction.atomic
def archive(actor: Actor, *, case: Case) -> Case:
    return turn.finish(turn.begin(actor, case, Action.ARCHIVE))


def _leave(move: turn.Turn, state: State, words: str) -> Case:
    end_pause(move.row, move)
    clocks.wind(move.row, state)
    return turn.finish(move, note=words, verdict=turn.Verdict.BACK)
