"""Loads what the demo's invented people chose, and campaigns in every state (see demo/messages.json).

Replayed through the domain's own actions, each at its own past moment. Loading again changes nothing.
"""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction

from zhijian.audit.actions import record
from zhijian.core.actor import Actor
from zhijian.core.clock import now, replaying
from zhijian.core.crypto import blind_index
from zhijian.identity.models import Citizen
from zhijian.messaging.actions import campaigns as actions
from zhijian.messaging.actions.inbox import mark_read
from zhijian.messaging.actions.settings import Switch, Wanted, change_settings
from zhijian.messaging.errors import DemoOnly
from zhijian.messaging.models import Campaign, Message
from zhijian.messaging.rules.campaigns import Text
from zhijian.messaging.rules.channels import Channel
from zhijian.messaging.rules.purposes import EMERGENCY
from zhijian.organizations.models import Staff
from zhijian.organizations.rules import Post

_CHOSEN = timedelta(days=60)
_HOUR = timedelta(hours=1)
_AUTHOR, _SECOND = "zw_operate1", "zw_supervise1"


@transaction.atomic
def load_messages(actor: Actor, content: Mapping[str, Any]) -> int:
    """After citizens and organizations. Returns how many campaigns were new. Raises DemoOnly outside a demo."""
    if not settings.DEMO:
        raise DemoOnly
    if Campaign.objects.exists():
        return 0
    _choose(content["people"])
    author, second = (Staff.objects.get(username=name) for name in (_AUTHOR, _SECOND))
    for row in content["campaigns"]:
        _replay(row, author, second)
    record(actor, "messages.loaded", subject="messages", facts={"campaigns": len(content["campaigns"])})
    return len(content["campaigns"])


def _choose(people: Iterable[Mapping[str, Any]]) -> None:
    with replaying(now() - _CHOSEN):
        for row in people:
            citizen = _citizen(row["phone"])
            wanted = Wanted(
                switches=[Switch(purpose, Channel.INBOX, True) for purpose in row["on"]],
                topics=row["topics"],
                use_attributes=bool(row["district"]),
                district=row["district"] or None,
            )
            change_settings(citizen.actor, citizen=citizen, wanted=wanted)


def _replay(row: Mapping[str, Any], author: Staff, second: Staff) -> None:
    moment, until = now() - timedelta(days=row["days_ago"]), row["until"]
    with replaying(moment):
        campaign = _written(row, author)
        if until == "draft":
            return
        if row["kind"] == "campaign":
            campaign = actions.submit(author.actor, campaign=campaign)
    if until == "submitted":
        return
    with replaying(moment + _HOUR):
        campaign = actions.approve(second.actor, campaign=campaign)
        if row["kind"] == "campaign":
            campaign = actions.start(author.actor, campaign=campaign)
        size = 1 if until == "stopped" else 500
        while actions.send_batch(campaign_id=campaign.public_id, size=size) and until != "stopped":
            pass
        if until == "stopped":
            actions.stop(author.actor, campaign=campaign, note=row["note"])
    with replaying(moment + 2 * _HOUR):
        _read(campaign, row["read"])


def _written(row: Mapping[str, Any], author: Staff) -> Campaign:
    alarm = row["kind"] == "emergency"
    draft = actions.Draft(
        name=row["name"],
        purpose=EMERGENCY.code if alarm else row["purpose"],
        zh=Text(**row["zh"]),
        en=Text(**row.get("en", {})),
        link=row["link"],
        channels=row["channels"],
        audience=row["audience"],
    )
    write = actions.broadcast if alarm else actions.create
    return write(author.actor_as(Post.OPERATOR), author=author, draft=draft)


def _read(campaign: Campaign, phones: Iterable[str]) -> None:
    for phone in phones:
        citizen = _citizen(phone)
        for message in Message.objects.filter(campaign=campaign, citizen=citizen):
            mark_read(citizen.actor, message=message)


def _citizen(phone: str) -> Citizen:
    return Citizen.objects.get(phone_index=blind_index("phone", phone))
