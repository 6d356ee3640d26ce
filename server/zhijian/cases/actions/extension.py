"""延期 (行政许可法 art. 42): asked by the officer, decided by an approver; the applicant is told the reason."""

from django.db import transaction

from zhijian.cases.actions import clocks, turn
from zhijian.cases.errors import ExtensionWrong, need
from zhijian.cases.models import Case, Extension
from zhijian.cases.rules.acts import Action
from zhijian.cases.rules.deadlines import EXTENSION_DAYS, extension_allowed
from zhijian.cases.rules.states import State
from zhijian.core.actor import Actor
from zhijian.core.errors import FieldError
from zhijian.lifecycle import extending


@transaction.atomic
def ask_extension(actor: Actor, *, case: Case, days: int, reason: str) -> Case:
    """Ask for 1 to 10 working days."""
    move = turn.begin(actor, case, Action.ASK_EXTENSION)
    if not extension_allowed(days):
        raise ExtensionWrong(
            fields=[FieldError("/days", "out_of_range", f"请填写1到{EXTENSION_DAYS}之间的天数")]
        )
    words = need("reason", reason, label="延期的理由")
    assert move.staff is not None
    Extension.objects.create(case=move.row, days=days, reason=words, asked_by=move.staff, asked_at=move.at)
    return turn.finish(move, opinion=words, facts={"days": days})


@transaction.atomic
def approve_extension(actor: Actor, *, case: Case, reason: str, seen: str | None = None) -> Case:
    """Grant what was asked. ``reason`` is what the applicant is told."""
    move = turn.begin(actor, case, Action.APPROVE_EXTENSION, seen=seen)
    words = need("reason", reason, label="告知申请人的延期理由")
    asked = extending.answer(move, Extension.Status.APPROVED)
    clocks.wind(move.row, State.REVIEWING)
    note = f"经批准，办理时限延长{asked.days}个工作日：{words}"
    return turn.finish(move, note=note, verdict=turn.Verdict.PASS, facts={"days": asked.days})


@transaction.atomic
def deny_extension(actor: Actor, *, case: Case, opinion: str, seen: str | None = None) -> Case:
    move = turn.begin(actor, case, Action.DENY_EXTENSION, seen=seen)
    words = need("opinion", opinion, label="不同意的理由")
    extending.answer(move, Extension.Status.DENIED)
    return turn.finish(move, opinion=words, verdict=turn.Verdict.BACK)


@transaction.atomic
def recall_extension(actor: Actor, *, case: Case) -> Case:
    """Take the request back before it is answered: the review goes on, and it may be asked again."""
    move = turn.begin(actor, case, Action.RECALL_EXTENSION)
    asked = extending.recall(move)
    return turn.finish(move, facts={"days": asked.days})
