"""How a ticket ends, and how it begins again."""

from django.db import transaction

from zhijian.core.actor import SYSTEM, Actor
from zhijian.tickets.actions import clocks, turn
from zhijian.tickets.actions.parts import close_whole
from zhijian.tickets.actions.windows import close
from zhijian.tickets.errors import need
from zhijian.tickets.models import Ticket
from zhijian.tickets.rules.acts import Action


@transaction.atomic
def call_back(
    actor: Actor, *, ticket: Ticket, note: str, resolved: bool | None = None, seen: str | None = None
) -> Ticket:
    """回访并办结. None: nobody could be asked, or they would not say; such tickets count in no rate.

    Whether people are content they say themselves, by rating; staff don't write it down for them.
    """
    move = turn.begin(actor, ticket, Action.CALL_BACK, seen=seen)
    words = need("note", note, label="回访情况")
    move.row.resolved = resolved
    return _close(move, opinion=words)


@transaction.atomic
def auto_close(*, ticket: Ticket) -> Ticket:
    """Nobody called back in the time for it, nobody objected."""
    move = turn.begin(SYSTEM, ticket, Action.AUTO_CLOSE)
    move.row.resolved = None
    return _close(move)


def _close(move: turn.Turn, *, opinion: str = "") -> Ticket:
    close(move.row, move.at)
    done = turn.finish(move, opinion=opinion)
    close_whole(done)
    return done


@transaction.atomic
def send_back(actor: Actor, *, ticket: Ticket, reason: str, seen: str | None = None) -> Ticket:
    """退回重办: the answer doesn't do. The clock was never stopped for the department."""
    move = turn.begin(actor, ticket, Action.SEND_BACK, seen=seen)
    words = need("reason", reason, label="退回的理由")
    move.row.replied_at = None
    return turn.finish(move, opinion=words)


@transaction.atomic
def reopen(actor: Actor, *, ticket: Ticket, reason: str, seen: str | None = None) -> Ticket:
    """要求重办, by whoever it concerns. The department begins anew, with a clock of its own."""
    move = turn.begin(actor, ticket, Action.REOPEN, seen=seen)
    words = need("reason", reason, label="要求重办的理由", shortest=4)
    again = move.row
    again.department = again.department or again.suggested
    again.assignee = again.replied_at = again.closed_at = again.reopen_until = None
    again.resolved = False  # says whoever asks; what they thought of the service stays until they rate anew
    again.stars = again.rated_at = None
    again.reopened += 1
    clocks.start(again, move.at)
    return turn.finish(move, note=words, facts={"times": again.reopened})
