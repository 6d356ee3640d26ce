"""Who has the case on the desk: claim, put back, hand over, take over."""

from django.db import transaction

from zhijian.cases.actions import turn
from zhijian.cases.errors import ReceiverWrong, need
from zhijian.cases.models import Case
from zhijian.cases.queries.facts import may_keep
from zhijian.cases.rules.acts import Action
from zhijian.core.actor import Actor
from zhijian.core.errors import FieldError
from zhijian.organizations.models import Staff


@transaction.atomic
def claim(actor: Actor, *, case: Case) -> Case:
    """Take a case that nobody holds. Of two at once, one wins; the other gets HeldByOther."""
    move = turn.begin(actor, case, Action.CLAIM)
    move.row.assignee = move.staff
    return turn.finish(move)


@transaction.atomic
def release(actor: Actor, *, case: Case) -> Case:
    move = turn.begin(actor, case, Action.RELEASE)
    move.row.assignee = None
    return turn.finish(move)


@transaction.atomic
def transfer(
    actor: Actor, *, case: Case, receiver: Staff | None, reason: str, holder: str | None = None
) -> Case:
    """Hand over to ``receiver``, who must hold a post for this step in the case's department. ``holder``: see
    :func:`take_over`."""
    move = turn.begin(actor, case, Action.TRANSFER)
    _still_with(move.row, holder)
    words = need("reason", reason, label="转办的理由")
    if receiver is None or not may_keep(receiver, move.row) or receiver == move.row.assignee:
        raise ReceiverWrong(fields=[FieldError("/receiver", "choice", ReceiverWrong.title)])
    told = _from(move.row, words) if move.row.assignee != move.staff else words
    move.row.assignee = receiver
    return turn.finish(move, opinion=told, facts={"receiver": receiver.public_id})


@transaction.atomic
def take_over(actor: Actor, *, case: Case, reason: str, holder: str | None = None) -> Case:
    """A colleague of the same post goes on with what another holds.

    ``holder`` is the key of whom the asking screen showed as holder: of two colleagues who take over at once, the
    second would otherwise take it from the first. Raises HeldByOther.
    """
    move = turn.begin(actor, case, Action.TAKE_OVER)
    _still_with(move.row, holder)
    words = need("reason", reason, label="接手的理由")
    before = move.row.assignee
    told = _from(move.row, words)
    move.row.assignee = move.staff
    return turn.finish(move, opinion=told, facts={"from_holder": before.public_id if before else ""})


def _still_with(case: Case, holder: str | None) -> None:
    now_with = case.assignee.public_id if case.assignee else ""
    if holder is not None and holder != now_with:
        raise turn.held_by_other(case, "这个办件刚刚换了办理人，请看清现在的办理人后再决定")


def _from(case: Case, words: str) -> str:
    return f"原办理人{case.assignee}。{words}" if case.assignee else words
