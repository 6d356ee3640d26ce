"""What a citizen chose."""

from dataclasses import dataclass, field
from datetime import time

from django.db.models import Count, Q, QuerySet

from zhijian.identity.models import Citizen
from zhijian.messaging.errors import TagNotFound
from zhijian.messaging.models import (
    ChannelAddress,
    ConsentGrant,
    Preference,
    PurposeSwitch,
    Tag,
    TopicSubscription,
)
from zhijian.messaging.queries.templates import shipped
from zhijian.messaging.rules.campaigns import WECHAT_TEMPLATE
from zhijian.messaging.rules.channels import Channel
from zhijian.messaging.rules.purposes import Switches
from zhijian.organizations.models import Region


def switches_of(citizen: Citizen) -> Switches:
    """One query."""
    rows = PurposeSwitch.objects.filter(citizen=citizen).values_list("purpose", "channel", "on")
    return {(purpose, channel): on for purpose, channel, on in rows}


def preference_of(citizen: Citizen) -> Preference:
    """The stored one or the defaults, unsaved. One query."""
    found = Preference.objects.select_related("district").filter(citizen=citizen).first()
    return found or Preference(citizen=citizen)


def quiet_hours_of(citizen: Citizen) -> tuple[time, time] | None:
    return preference_of(citizen).quiet_hours


def districts() -> QuerySet[Region]:
    """The city's districts: what people may name as theirs."""
    return Region.objects.filter(parent__isnull=False, parent__parent__isnull=True).order_by("code")


def tags_of(citizen: Citizen) -> QuerySet[Tag]:
    return Tag.objects.filter(citizen=citizen, deleted_at=None).order_by("code")


def tag_of(citizen: Citizen, public_id: str) -> Tag:
    """Raises TagNotFound, also for a deleted one and another person's."""
    found = tags_of(citizen).filter(public_id=public_id).first()
    if found is None:
        raise TagNotFound
    return found


@dataclass(frozen=True, slots=True)
class WechatTemplate:
    """``balance``: how many messages the citizen's consents are still good for."""

    template_id: str
    label: str
    purpose: str
    balance: int


@dataclass(frozen=True, slots=True)
class Choices:
    """Everything on the settings page. Seven queries, whatever was chosen."""

    switches: Switches
    preference: Preference
    topics: set[str]
    tags: list[Tag]
    districts: list[Region]
    bound: bool
    wechat: list[WechatTemplate] = field(default_factory=list)


def choices_of(citizen: Citizen) -> Choices:
    return Choices(
        switches=switches_of(citizen),
        preference=preference_of(citizen),
        topics=set(TopicSubscription.objects.filter(citizen=citizen).values_list("topic", flat=True)),
        tags=list(tags_of(citizen)),
        districts=list(districts()),
        bound=ChannelAddress.objects.filter(citizen=citizen, channel=Channel.WECHAT).exists(),
        wechat=wechat_templates(citizen),
    )


def balances(citizen: Citizen) -> dict[str, int]:
    """Unused one-time consents by WeChat template. One query."""
    rows = (
        ConsentGrant.objects.filter(citizen=citizen, accepted=True)
        .values("template_id")
        .annotate(left=Count("id", filter=Q(use=None)))
    )
    return {row["template_id"]: row["left"] for row in rows}


def wechat_templates(citizen: Citizen) -> list[WechatTemplate]:
    """What can be asked for in WeChat: one entry a registered template, named by the first of ours that uses it."""
    left = balances(citizen)
    found: dict[str, WechatTemplate] = {}
    for template in shipped().values():
        if template.wechat and template.wechat.template_id not in found:
            code = template.wechat.template_id
            found[code] = WechatTemplate(code, template.name, template.purpose, left.get(code, 0))
    campaigns = WechatTemplate(WECHAT_TEMPLATE, "城市通知", "city_activity", left.get(WECHAT_TEMPLATE, 0))
    return [*found.values(), campaigns]
