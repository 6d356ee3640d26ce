"""Submitting, and the decision of a second person."""

from django.db import transaction

from zhijian.core.actor import Actor
from zhijian.core.clock import now
from zhijian.messaging import errors
from zhijian.messaging.actions.campaigns import turn
from zhijian.messaging.actions.campaigns.sending import enqueue
from zhijian.messaging.models import Campaign
from zhijian.messaging.rules.campaigns import Act, Kind
from zhijian.organizations.models import Staff


@transaction.atomic
def submit(actor: Actor, *, staff: Staff, campaign: Campaign) -> Campaign:
    """Raises NotNow, NotYours."""
    locked = turn.begin(actor, staff, campaign, Act.SUBMIT)
    locked.submitted_at = now()
    turn.finish(actor, locked, Act.SUBMIT)
    return locked


@transaction.atomic
def withdraw(actor: Actor, *, staff: Staff, campaign: Campaign) -> Campaign:
    """Back to a draft before anybody decided. Raises NotNow, NotYours."""
    locked = turn.begin(actor, staff, campaign, Act.WITHDRAW)
    locked.submitted_at = None
    turn.finish(actor, locked, Act.WITHDRAW)
    return locked


@transaction.atomic
def send_back(actor: Actor, *, staff: Staff, campaign: Campaign, note: str, seen: str = "") -> Campaign:
    """Raises NotNow, NotYours, OwnApproval, ReasonMissing."""
    locked = turn.begin(actor, staff, campaign, Act.SEND_BACK, seen=seen)
    if not note.strip():
        raise errors.ReasonMissing
    locked.submitted_at = None
    turn.finish(actor, locked, Act.SEND_BACK, note=note.strip())
    return locked


@transaction.atomic
def approve(actor: Actor, *, staff: Staff, campaign: Campaign, note: str = "", seen: str = "") -> Campaign:
    """Approve as submitted. An emergency is queued in the same moment.

    Raises NotNow (also for the second of two approvals), NotYours, OwnApproval, ChannelPaused.
    """
    locked = turn.begin(actor, staff, campaign, Act.APPROVE, seen=seen)
    locked.approver, locked.approved_at = staff, now()
    turn.finish(actor, locked, Act.APPROVE, note=note.strip())
    if locked.kind == Kind.EMERGENCY:
        enqueue(actor, locked)
    return locked
