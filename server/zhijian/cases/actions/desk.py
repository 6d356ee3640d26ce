"""Who has the case on the desk: claim, put back, hand over."""

from django.db import transaction

from zhijian.cases.actions import turn
from zhijian.cases.actions.words import need
from zhijian.cases.errors import ReceiverWrong
from zhijian.cases.models import Case
from zhijian.cases.queries.facts import roles_of
from zhijian.cases.rules import table
from zhijian.cases.rules.acts import Action
from zhijian.cases.rules.states import State
from zhijian.core.actor import Actor
from zhijian.organizations.models import Staff


@transaction.atomic
def claim(actor: Actor, *, case: Case) -> Case:
    """Take a case that nobody holds. Of two at once, one wins; the other gets HeldByOther."""
    move = turn.begin(actor, case, Action.CLAIM)
    move.case.assignee = move.staff
    return turn.finish(move)


@transaction.atomic
def release(actor: Actor, *, case: Case) -> Case:
    move = turn.begin(actor, case, Action.RELEASE)
    move.case.assignee = None
    return turn.finish(move)


@transaction.atomic
def transfer(actor: Actor, *, case: Case, receiver: Staff, reason: str) -> Case:
    """Hand over to ``receiver``, who must hold a post for this step in the case's department."""
    move = turn.begin(actor, case, Action.TRANSFER)
    words = need("reason", reason, label="转办的理由")
    if not may_receive(receiver, move.case) or receiver == move.staff:
        raise ReceiverWrong
    move.case.assignee = receiver
    return turn.finish(move, opinion=words, facts={"receiver": receiver.public_id})


def may_receive(staff: Staff, case: Case) -> bool:
    roles = roles_of(staff.actor, staff, case)
    return staff.is_active and bool(roles & table.DESK.get(State(case.state), frozenset()))
