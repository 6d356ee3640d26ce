"""撤回: whoever withdraws takes back what they asked, never what others asked.

Alone, the ticket ends. With others merged into it, it goes on for those, and any of them may now answer what the department asks.
Whoever was merged leaves the ticket that goes on; when the last one leaves, it ends too.
"""

from django.db import transaction

from zhijian.core.actor import SYSTEM, Actor
from zhijian.core.words import tidy
from zhijian.tickets.actions import clocks, turn
from zhijian.tickets.actions.parts import close_whole
from zhijian.tickets.models import Follower, Ticket
from zhijian.tickets.queries.sharing import others_of
from zhijian.tickets.rules.acts import Action
from zhijian.tickets.rules.states import MERGE_INTO, State

_GOES_ON = "反映人撤回；其他人也反映了同一件事，继续办理。"
_NOBODY_LEFT = "同一件事的反映人都已撤回。"


@transaction.atomic
def withdraw(actor: Actor, *, ticket: Ticket, reason: str = "") -> Ticket:
    goal = _lock_with_goal(ticket)
    move = turn.begin(actor, ticket, Action.WITHDRAW)
    words = tidy(reason)[:500]
    if move.source is State.MERGED:
        assert goal is not None
        return _leave(move, goal, words)
    if others_of(move.row).exists():
        return _go_on(move, words)
    return _end(move, note=words)


def _lock_with_goal(ticket: Ticket) -> Ticket | None:
    """Lock what ``ticket`` was merged into as well, in the order of keys as merging does."""
    goal = Ticket.objects.filter(merged=ticket.pk).first()
    locked = {pk: turn.lock(pk) for pk in sorted({ticket.pk, goal.pk if goal else ticket.pk})}
    merged_into = locked[ticket.pk].merged_into_id
    if merged_into is None:
        return None
    return locked.get(merged_into) or turn.lock(merged_into)


def _end(move: turn.Turn, *, note: str = "", opinion: str = "") -> Ticket:
    move.row.closed_at, move.row.assignee = move.at, None
    _end_pause(move)
    done = turn.finish(move, note=note, opinion=opinion)
    close_whole(done)
    return done


def _go_on(move: turn.Turn, words: str) -> Ticket:
    """The state stays. A question that was put to whoever leaves ends with them: the department may ask the others."""
    move.row.left_at = move.at
    move.target = State.HANDLING if move.source is State.SUPPLEMENT else move.source
    _end_pause(move)
    clocks.wind(move.row)
    return turn.finish(move, note=words, opinion=_GOES_ON, facts={"others": others_of(move.row).count()})


def _leave(move: turn.Turn, goal: Ticket, words: str) -> Ticket:
    left = move.row
    left.merged_into, left.closed_at = None, move.at
    done = turn.finish(move, note=words, facts={"from_ticket": goal.number})
    others = others_of(goal)
    if left.citizen_id is not None and not others.filter(citizen=left.citizen_id).exists():
        reported = Follower.Origin.REPORTED
        Follower.objects.filter(ticket=goal, citizen=left.citizen_id, origin=reported).delete()
    if goal.left_at is not None and goal.state in MERGE_INTO and not others.exists():
        _end(turn.begin(SYSTEM, goal, Action.WITHDRAW), opinion=_NOBODY_LEFT)
    return done


def _end_pause(move: turn.Turn) -> None:
    for pause in move.row.pauses.filter(ended_at__isnull=True):
        pause.ended_at = move.at
        pause.save(update_fields=["ended_at"])
