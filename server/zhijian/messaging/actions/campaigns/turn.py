"""What every act on a campaign does: lock it, ask the table, write its history and the audit trail."""

from typing import Any

from zhijian.audit.actions import record, record_refusal
from zhijian.core.actor import Actor
from zhijian.core.clock import now
from zhijian.lifecycle import seen as reading
from zhijian.messaging import errors
from zhijian.messaging.models import Campaign, CampaignStep
from zhijian.messaging.queries.campaigns import roles_of
from zhijian.messaging.rules import campaigns as rules
from zhijian.messaging.rules.campaigns import Act, Role, State
from zhijian.organizations.models import Staff


def begin(actor: Actor, staff: Staff | None, campaign: Campaign, act: Act, *, seen: str = "") -> Campaign:
    """The campaign, locked, if this person (None: the system) may do ``act`` now.

    ``seen`` is the mark of the page on which they decided, empty without one. Raises OwnApproval, NotYours (both
    audited), NotNow, ContentChanged.
    """
    locked = Campaign.objects.select_for_update(of=("self",)).get(pk=campaign.pk)
    roles = {Role.SYSTEM} if staff is None else roles_of(staff, locked)
    if rules.may(locked.state, act, roles):
        if seen:
            _refuse_unread(actor, locked, seen)
        return locked
    if any(rules.may(state, act, roles) for state in State):
        raise errors.NotNow(f"现在的状态是“{locked.get_state_display()}”。")
    own = Role.AUTHOR in roles and act in {Act.APPROVE, Act.SEND_BACK}
    refusal = errors.OwnApproval if own else errors.NotYours
    subject = f"campaign:{campaign.public_id}"
    raise refusal(attempt=lambda: record_refusal(actor, f"campaign.{act}", subject=subject))


def mark(campaign: Campaign) -> str:
    """What the campaign's page shows, for its forms."""
    return str(campaign.steps.order_by("pk").values_list("pk", flat=True).last() or 0)


def _refuse_unread(actor: Actor, campaign: Campaign, seen: str) -> None:
    since = campaign.steps.filter(pk__gt=reading.number(seen)).exclude(actor_key=actor.key)
    if happened := list(since.order_by("pk").values_list("act", "at")):
        raise reading.changed((Act(act).label, at) for act, at in happened)


def finish(
    actor: Actor, campaign: Campaign, act: Act, *, note: str = "", facts: dict[str, Any] | None = None
) -> None:
    """Enter the state that follows and write down who brought it there."""
    campaign.state = rules.TABLE[State(campaign.state), act].to
    campaign.save()
    CampaignStep.objects.create(
        campaign=campaign, at=now(), act=act, actor_key=actor.key, post=actor.label, note=note[:500]
    )
    record(actor, f"campaign.{act}", subject=f"campaign:{campaign.public_id}", facts=facts)
