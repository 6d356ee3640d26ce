"""并案: reporters of merged tickets become followers of the remaining one."""

from django.db import transaction

from zhijian.core.actor import Actor
from zhijian.core.events import emit
from zhijian.tickets import errors
from zhijian.tickets.actions import turn
from zhijian.tickets.errors import need
from zhijian.tickets.events import TicketMerged
from zhijian.tickets.models import Follower, Ticket
from zhijian.tickets.rules.acts import Action
from zhijian.tickets.rules.states import MERGE_INTO, State


@transaction.atomic
def merge(actor: Actor, *, ticket: Ticket, into: Ticket, reason: str) -> Ticket:
    """``ticket`` ends and goes on as ``into``. Raises MergeWrong unless that one is another, open and whole."""
    return join(actor, ticket=ticket, into=into, reason=need("reason", reason, label="并案的理由"))


def join(actor: Actor, *, ticket: Ticket, into: Ticket, reason: str) -> Ticket:
    """Inside the caller's transaction. Both are locked in the order of their keys: two merges the other way round
    cannot wait for each other."""
    if ticket.pk == into.pk:
        raise errors.MergeWrong
    for one in sorted((ticket, into), key=lambda one: one.pk):
        turn.lock(one.pk)
    move, goal = turn.begin(actor, ticket, Action.MERGE), turn.lock(into.pk)
    if goal.state not in MERGE_INTO or goal.parent_id or move.row.parent_id:
        raise errors.MergeWrong
    move.row.merged_into = goal
    move.row.assignee = None
    note = f"与编号{goal.number}的诉求反映同一件事，已合并办理。"
    done = turn.finish(move, opinion=reason, note=note, facts={"into": goal.number})
    _carry_over(done, goal, move)
    emit(TicketMerged(done.public_id, goal.public_id))
    return done


def _carry_over(ticket: Ticket, goal: Ticket, move: turn.Turn) -> None:
    """Reporter, followers and earlier merged ones. Nobody follows twice, and nobody follows their own."""
    Ticket.objects.filter(merged_into=ticket, state=State.MERGED).update(merged_into=goal)
    people: dict[int, str] = dict(ticket.followers.values_list("citizen_id", "origin"))
    if ticket.citizen_id and ticket.left_at is None:
        people[ticket.citizen_id] = Follower.Origin.REPORTED
    if goal.left_at is None:
        people.pop(goal.citizen_id or 0, None)
    Follower.objects.bulk_create(
        [Follower(ticket=goal, citizen_id=pk, origin=origin, since=move.at) for pk, origin in people.items()],
        ignore_conflicts=True,
    )
