"""Telling one person something. This is what everything else uses."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from zhijian.core.actor import Actor
from zhijian.core.clock import now
from zhijian.core.errors import FieldError
from zhijian.core.events import emit
from zhijian.identity.models import Citizen, Locale
from zhijian.messaging import errors
from zhijian.messaging.events import DeliveryQueued
from zhijian.messaging.models import Delivery, Message
from zhijian.messaging.queries.choices import quiet_hours_of, switches_of
from zhijian.messaging.queries.templates import template as template_of
from zhijian.messaging.rules import channels, quiet, templates
from zhijian.messaging.rules.campaigns import link_faults
from zhijian.messaging.rules.channels import Channel, Priority
from zhijian.messaging.rules.purposes import PURPOSES, is_on

_FAULT_WORDS = {"missing": "缺少变量", "unknown": "没有这个变量", "type": "变量的类型不对"}


@transaction.atomic
def notify(
    actor: Actor,
    *,
    citizen: Citizen,
    template: str,
    variables: Mapping[str, Any],
    dedupe_key: str,
    link: str = "",
    about: Mapping[str, Any] | None = None,
    happened_at: datetime | None = None,
) -> Message | None:
    """Put a message into the citizen's inbox, and on its way by the channels that they allow.

    The same ``dedupe_key`` for the same citizen is told once, also after it was deleted; a repeat gets the first
    message. ``about`` names what the template's predicate is asked about before it goes out, in ids and codes.
    ``happened_at`` (now) sorts the inbox; news older than two days wakes nobody up. None when the citizen
    does not want messages of the template's purpose. Raises TemplateUnknown, VariablesWrong, LinkWrong.
    """
    found = template_of(template)
    rendered = _rendered(found, variables, citizen)
    if link_faults(link):
        raise errors.LinkWrong
    if not is_on(PURPOSES[found.purpose], Channel.INBOX, switches_of(citizen)):
        return None
    moment = now()
    priority = Priority.URGENT if found.urgent else Priority.NORMAL
    message, is_new = Message.objects.get_or_create(
        citizen=citizen,
        dedupe_key=dedupe_key,
        defaults={
            "purpose": found.purpose,
            "template": found.code,
            "title": rendered.title,
            "body": rendered.body,
            "outside": rendered.outside or None,
            "link": link,
            "about": dict(about or {}),
            "priority": priority,
            "happened_at": happened_at or moment,
            "created_at": moment,
        },
    )
    if is_new:
        queue_next(message, worded=rendered.outside)
    return message


def queue_next(message: Message, *, worded: Mapping[str, Any] | list[str]) -> Delivery | None:
    """Queue the first channel in order that has not been tried; None when none is left.

    Whether it may go by that channel is asked when it goes: switches, consents and limits may have changed.
    """
    tried = set(message.deliveries.values_list("channel", flat=True))
    channel = channels.following(channels.order(message.priority, worded=list(worded)), tried)
    if channel is None:
        return None
    moment = now()
    due_at = moment
    hours = quiet_hours_of(message.citizen) if message.priority > Priority.URGENT else None
    if hours:
        due_at = quiet.first_moment(moment, *hours)
    delivery = Delivery.objects.create(
        message=message, channel=channel, priority=message.priority, due_at=due_at, changed_at=moment
    )
    if due_at <= moment:
        emit(DeliveryQueued(priority=message.priority, delivery_id=delivery.public_id))
    return delivery


def _rendered(
    template: templates.Template, variables: Mapping[str, Any], citizen: Citizen
) -> templates.Rendered:
    language: templates.Language = "en" if citizen.locale == Locale.ENGLISH else "zh"
    try:
        return templates.render(template, variables, language)
    except templates.Misfit as misfit:
        words = f"{_FAULT_WORDS[misfit.fault]}：{misfit.name}"
        raise errors.VariablesWrong(
            fields=[FieldError(f"/variables/{misfit.name}", misfit.fault, words)]
        ) from misfit
