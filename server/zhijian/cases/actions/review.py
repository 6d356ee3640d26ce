"""审查, with its special procedures."""

from django.db import transaction

from zhijian.cases.actions import clocks, turn
from zhijian.cases.errors import WordsMissing, need
from zhijian.cases.models import Case, CasePause
from zhijian.cases.rules.acts import Action
from zhijian.cases.rules.grounds import Ground
from zhijian.cases.rules.states import State
from zhijian.core.actor import Actor
from zhijian.core.errors import FieldError

OUTCOMES = {"approve": "建议准予", "refuse": "建议不予"}


@transaction.atomic
def begin_review(actor: Actor, *, case: Case) -> Case:
    return turn.finish(turn.begin(actor, case, Action.BEGIN_REVIEW))


@transaction.atomic
def suspend(actor: Actor, *, case: Case, ground: str, reason: str) -> Case:
    """Stop the clock for a hearing, test, inspection or the like; the applicant is told which and why."""
    move = turn.begin(actor, case, Action.SUSPEND)
    if ground not in Ground.values or ground == Ground.CORRECTION:
        raise WordsMissing(fields=[FieldError("/ground", "required", "请选择特别程序的种类")])
    words = need("reason", reason, label="挂起的原因")
    CasePause.objects.create(case=move.row, ground=ground, reason=words, started_at=move.at)
    note = f"因{Ground(ground).label}暂停计时，所需时间不计入办理时限：{words}"
    return turn.finish(move, note=note, facts={"ground": ground})


@transaction.atomic
def resume(actor: Actor, *, case: Case, note: str) -> Case:
    """Let the clock run again; ``note`` is the special procedure's result."""
    move = turn.begin(actor, case, Action.RESUME)
    words = need("note", note, label="特别程序的结果")
    end_pause(move.row, move, words)
    clocks.wind(move.row, State.REVIEWING)
    return turn.finish(move, note=words)


@transaction.atomic
def pass_review(actor: Actor, *, case: Case, outcome: str, opinion: str, seen: str | None = None) -> Case:
    """Hand over to the decider. ``outcome``: ``approve`` or ``refuse`` is what the reviewer recommends."""
    move = turn.begin(actor, case, Action.PASS_REVIEW, seen=seen)
    if outcome not in OUTCOMES:
        raise WordsMissing(fields=[FieldError("/outcome", "required", "请选择建议准予或建议不予")])
    words = need("opinion", opinion, label="审查意见")
    move.row.recommendation = outcome
    move.row.reviewer = move.staff
    verdict = turn.Verdict.PASS if outcome == "approve" else turn.Verdict.BACK
    return turn.finish(move, opinion=words, verdict=verdict, facts={"outcome": outcome})


@transaction.atomic
def send_back(actor: Actor, *, case: Case, opinion: str, seen: str | None = None) -> Case:
    """The decider wants a further review, by the same reviewer."""
    move = turn.begin(actor, case, Action.SEND_BACK, seen=seen)
    words = need("opinion", opinion, label="退回的理由")
    reviewer = move.row.reviewer_id
    move.row.reviewer, move.row.recommendation = None, ""
    turn.finish(move, opinion=words, verdict=turn.Verdict.BACK)
    move.row.assignee_id = reviewer
    move.row.save(update_fields=["assignee"])
    return move.row


def end_pause(case: Case, move: turn.Turn, result: str = "") -> None:
    """Close the open pause, before the clock is wound."""
    for pause in case.pauses.filter(ended_at__isnull=True):
        pause.ended_at, pause.result = move.at, result
        pause.save(update_fields=["ended_at", "result"])
