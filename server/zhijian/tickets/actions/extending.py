"""延期: asked by the department with a reason, decided by the dispatcher; whoever waits is told why."""

from django.db import transaction

from zhijian.core.actor import Actor
from zhijian.core.errors import FieldError
from zhijian.core.words import tidy
from zhijian.lifecycle import extending
from zhijian.tickets import errors
from zhijian.tickets.actions import clocks, turn
from zhijian.tickets.errors import need
from zhijian.tickets.models import Extension, Ticket
from zhijian.tickets.rules.acts import Action
from zhijian.tickets.rules.sla import extension_allowed


@transaction.atomic
def ask_extension(actor: Actor, *, ticket: Ticket, days: int, reason: str) -> Ticket:
    """``days`` are working days, at most what the category's limits allow."""
    move = turn.begin(actor, ticket, Action.ASK_EXTENSION)
    words = need("reason", reason, label="延期的理由", shortest=5)
    most = move.row.category.sla.extension_days
    if not extension_allowed(days, most):
        text = f"这类诉求最多延期{most}个工作日" if most else "这类诉求不能延期"
        raise errors.ExtensionWrong(fields=[FieldError("/days", "range", text)])
    Extension.objects.create(ticket=move.row, days=days, reason=words, asked_by=move.person, asked_at=move.at)
    return turn.finish(move, opinion=words, facts={"days": days})


@transaction.atomic
def approve_extension(actor: Actor, *, ticket: Ticket, reason: str = "", seen: str | None = None) -> Ticket:
    """``reason`` is told to whoever waits; empty: the department's own."""
    move = turn.begin(actor, ticket, Action.APPROVE_EXTENSION, seen=seen)
    asked = extending.answer(move, Extension.Status.APPROVED)
    clocks.wind(move.row)
    return turn.finish(move, note=tidy(reason)[:2000] or asked.reason, facts={"days": asked.days})


@transaction.atomic
def deny_extension(actor: Actor, *, ticket: Ticket, opinion: str, seen: str | None = None) -> Ticket:
    move = turn.begin(actor, ticket, Action.DENY_EXTENSION, seen=seen)
    words = need("opinion", opinion, label="不同意的理由")
    extending.answer(move, Extension.Status.DENIED)
    return turn.finish(move, opinion=words)


@transaction.atomic
def recall_extension(actor: Actor, *, ticket: Ticket) -> Ticket:
    """Take the request back before it is answered: work goes on, and it may be asked again."""
    move = turn.begin(actor, ticket, Action.RECALL_EXTENSION)
    asked = extending.recall(move)
    return turn.finish(move, facts={"days": asked.days})
