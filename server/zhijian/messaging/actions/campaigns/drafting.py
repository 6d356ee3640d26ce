"""Writing a campaign, and the shorter way of an emergency broadcast."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db import transaction

from zhijian.audit.actions import record
from zhijian.core.actor import Actor
from zhijian.core.clock import now
from zhijian.core.errors import FieldError
from zhijian.messaging import errors
from zhijian.messaging.actions.campaigns import turn
from zhijian.messaging.actions.campaigns.approval import submit
from zhijian.messaging.models import Campaign
from zhijian.messaging.queries.audience import vocabulary
from zhijian.messaging.rules import audience as audiences
from zhijian.messaging.rules import campaigns as rules
from zhijian.messaging.rules.campaigns import Act, Kind, Text
from zhijian.messaging.rules.channels import Channel
from zhijian.messaging.rules.purposes import EMERGENCY, FOR_CAMPAIGNS
from zhijian.organizations.models import Staff
from zhijian.organizations.queries import holds
from zhijian.organizations.rules import Post


@dataclass(frozen=True, slots=True)
class Draft:
    """What the author writes. ``audience`` is a tree (rules.audience); English may stay empty."""

    name: str
    purpose: str
    zh: Text
    en: Text = field(default_factory=Text)
    link: str = ""
    channels: Sequence[str] = (Channel.INBOX,)
    audience: Any = field(default_factory=dict)


@transaction.atomic
def create(actor: Actor, *, author: Staff, draft: Draft) -> Campaign:
    """Raises NotYours, CampaignWrong naming every fault."""
    _check(draft, [purpose.code for purpose in FOR_CAMPAIGNS])
    campaign = _new(author, Kind.CAMPAIGN, draft)
    record(actor, "campaign.created", subject=f"campaign:{campaign.public_id}")
    return campaign


@transaction.atomic
def edit(actor: Actor, *, campaign: Campaign, draft: Draft) -> Campaign:
    """Only while it is a draft, only by its author. Raises NotNow, NotYours, CampaignWrong."""
    begun = turn.begin(actor, campaign, Act.EDIT)
    emergency = begun.row.kind == Kind.EMERGENCY
    _check(draft, [EMERGENCY.code] if emergency else [one.code for one in FOR_CAMPAIGNS])
    for name, value in _columns(draft).items():
        setattr(begun.row, name, value)
    return turn.finish(begun)


@transaction.atomic
def broadcast(actor: Actor, *, author: Staff, draft: Draft) -> Campaign:
    """Write and submit an emergency broadcast in one step; it goes out as soon as a second person approves.

    Raises NotYours, CampaignWrong.
    """
    _check(draft, [EMERGENCY.code])
    campaign = _new(author, Kind.EMERGENCY, draft)
    record(actor, "campaign.created", subject=f"campaign:{campaign.public_id}", facts={"kind": "emergency"})
    return submit(actor, campaign=campaign)


def _new(author: Staff, kind: Kind, draft: Draft) -> Campaign:
    if not holds(author, Post.OPERATOR) or author.department is None:
        raise errors.NotYours
    return Campaign.objects.create(
        kind=kind, department=author.department, author=author, created_at=now(), **_columns(draft)
    )


def _columns(draft: Draft) -> dict[str, Any]:
    return {
        "name": draft.name.strip(),
        "purpose": draft.purpose,
        "texts": {"zh": asdict(draft.zh), "en": asdict(draft.en)},
        "link": draft.link,
        "channels": list(draft.channels),
        "audience": draft.audience,
    }


def _check(draft: Draft, purposes: Sequence[str]) -> None:
    sms = Channel.SMS in draft.channels
    faults = list(rules.text_faults(draft.zh, path="/zh", sms=sms))
    if not draft.en.is_empty:
        faults += rules.text_faults(draft.en, path="/en", sms=False, scale=3)
    if not 1 <= len(draft.name.strip()) <= rules.MAX_NAME:
        faults.append(FieldError("/name", "length", f"请填写名称，最多{rules.MAX_NAME}个字"))
    if draft.purpose not in purposes:
        faults.append(FieldError("/purpose", "choice", "请从列表中选择用途"))
    faults += rules.channel_faults(draft.channels)
    faults += rules.link_faults(draft.link)
    faults += audiences.faults(draft.audience, vocabulary())
    if faults:
        raise errors.CampaignWrong(fields=faults)
