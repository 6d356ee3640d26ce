"""Submitting, and the decision of a second person."""

from django.db import transaction

from zhijian.core.actor import Actor
from zhijian.messaging.actions.campaigns import turn
from zhijian.messaging.actions.campaigns.sending import enqueue
from zhijian.messaging.models import Campaign
from zhijian.messaging.rules.campaigns import Act, Kind


@transaction.atomic
def submit(actor: Actor, *, campaign: Campaign) -> Campaign:
    begun = turn.begin(actor, campaign, Act.SUBMIT)
    begun.row.submitted_at = begun.at
    return turn.finish(begun)


@transaction.atomic
def withdraw(actor: Actor, *, campaign: Campaign) -> Campaign:
    """Back to a draft before anybody decided."""
    begun = turn.begin(actor, campaign, Act.WITHDRAW)
    begun.row.submitted_at = None
    return turn.finish(begun)


@transaction.atomic
def send_back(actor: Actor, *, campaign: Campaign, note: str, seen: str | None = None) -> Campaign:
    """Raises OwnApproval, ReasonMissing."""
    begun = turn.begin(actor, campaign, Act.SEND_BACK, reason=note, seen=seen)
    begun.row.submitted_at = None
    return turn.finish(begun)


@transaction.atomic
def approve(actor: Actor, *, campaign: Campaign, note: str = "", seen: str | None = None) -> Campaign:
    """Approve as submitted. An emergency is queued in the same moment. Raises OwnApproval, ChannelPaused."""
    begun = turn.begin(actor, campaign, Act.APPROVE, seen=seen)
    row = begun.row
    row.approver, row.approved_at = begun.person, begun.at
    turn.finish(begun, note=note.strip())
    if row.kind == Kind.EMERGENCY:
        enqueue(turn.LIFE.turn(row, Act.START, begun.actor, at=begun.at))
    return row
