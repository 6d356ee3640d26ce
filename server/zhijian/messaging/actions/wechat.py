"""The ledger of WeChat's one-time consents: one tap is good for one message, and there is no API that tells the balance."""

from collections.abc import Collection
from itertools import chain

from django.db import IntegrityError, transaction

from zhijian.audit.actions import record
from zhijian.core import locks
from zhijian.core.actor import Actor
from zhijian.core.clock import now
from zhijian.core.crypto import blind_index
from zhijian.core.errors import FieldError
from zhijian.core.locks import Lock
from zhijian.identity.models import Citizen
from zhijian.messaging import errors
from zhijian.messaging.adapters.base import Refused, TryLater
from zhijian.messaging.adapters.registry import wechat_binding
from zhijian.messaging.models import ChannelAddress, ConsentGrant, ConsentUse, Delivery
from zhijian.messaging.queries.choices import balances, wechat_templates
from zhijian.messaging.queries.deliveries import unused_grants
from zhijian.messaging.rules.channels import Channel

AT_ONCE = 3
"""WeChat asks for at most so many templates in one call."""


def register_consents(
    actor: Actor, *, citizen: Citizen, accepted: Collection[str], rejected: Collection[str], code: str = ""
) -> dict[str, int]:
    """As :func:`write_consents`, asking WeChat first who the person is: not within a transaction."""
    openid = openid_of(citizen, accepted=accepted, rejected=rejected, code=code)
    return write_consents(actor, citizen=citizen, accepted=accepted, rejected=rejected, openid=openid)


def openid_of(citizen: Citizen, *, accepted: Collection[str], rejected: Collection[str], code: str) -> str:
    """Who the person is to WeChat, by a ``code`` (wx.login) that counts once, so what was tapped is looked at before;
    "" without a code. WeChat may be slow: not within a transaction. Raises ConsentsWrong, WechatNotBound,
    WechatUnavailable."""
    _check(citizen, accepted, rejected)
    return _openid(code) if code else ""


@transaction.atomic
def write_consents(
    actor: Actor, *, citizen: Citizen, accepted: Collection[str], rejected: Collection[str], openid: str
) -> dict[str, int]:
    """Write down what the person tapped, and who they are to WeChat. The new balances.

    Raises ConsentsWrong, WechatNotBound (no ``openid``, and never bound).
    """
    _check(citizen, accepted, rejected)
    if openid:
        _bind(actor, citizen, openid)
    elif not ChannelAddress.objects.filter(citizen=citizen, channel=Channel.WECHAT).exists():
        raise errors.WechatNotBound
    moment = now()
    ConsentGrant.objects.bulk_create(
        ConsentGrant(citizen=citizen, template_id=template_id, accepted=template_id in accepted, at=moment)
        for template_id in chain(accepted, rejected)
    )
    record(
        actor,
        "message.wechat_consents",
        subject=f"citizen:{citizen.public_id}",
        facts={"accepted": sorted(accepted), "rejected": sorted(rejected)},
    )
    return balances(citizen)


def _check(citizen: Citizen, accepted: Collection[str], rejected: Collection[str]) -> None:
    asked = [*accepted, *rejected]
    if not 1 <= len(asked) <= AT_ONCE or len(set(asked)) != len(asked):
        raise errors.ConsentsWrong
    unknown = sorted(set(asked) - {template.template_id for template in wechat_templates(citizen)})
    if unknown:
        raise errors.ConsentsWrong(fields=[FieldError("/accepted", "unknown", "没有这个订阅消息")])


def _openid(code: str) -> str:
    try:
        return wechat_binding().address_of(code)
    except TryLater as error:
        raise errors.WechatUnavailable(retry_after=60) from error
    except Refused as error:
        raise errors.WechatNotBound from error


def _bind(actor: Actor, citizen: Citizen, openid: str) -> None:
    """One WeChat account belongs to the citizen who used it last: a phone may change hands in a family."""
    index = blind_index("openid", openid)
    known = ChannelAddress.objects.filter(channel=Channel.WECHAT, address_index=index)
    if known.filter(citizen=citizen).exists():
        return
    known.delete()
    try:
        with transaction.atomic():
            ChannelAddress.objects.update_or_create(
                citizen=citizen,
                channel=Channel.WECHAT,
                defaults={"address": openid, "address_index": index, "bound_at": now()},
            )
    except IntegrityError as error:  # bound by another citizen in this very moment
        raise errors.WechatNotBound from error
    record(actor, "message.wechat_bound", subject=f"citizen:{citizen.public_id}")


def reserve_consent(*, delivery: Delivery, template_id: str) -> bool:
    """Use up exactly one consent for a delivery; a retry keeps the one it has. In the caller's transaction."""
    locks.take(Lock.DELIVERY, delivery.message.citizen_id)
    if ConsentUse.objects.filter(delivery=delivery).exists():
        return True
    grant = unused_grants(delivery.message.citizen_id, template_id).first()
    if grant is None:
        return False
    ConsentUse.objects.create(grant=grant, delivery=delivery, at=now())
    return True


def void_consents(*, citizen_id: int, template_id: str) -> None:
    """WeChat says that nothing is left: our ledger follows. In the caller's transaction."""
    locks.take(Lock.DELIVERY, citizen_id)
    grants = unused_grants(citizen_id, template_id)
    ConsentUse.objects.bulk_create(ConsentUse(grant=grant, at=now()) for grant in grants)
