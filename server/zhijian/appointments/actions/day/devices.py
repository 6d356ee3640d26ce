"""大厅设备: a kiosk or screen is registered by a manager and paired once, by a code that is read out."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction

from zhijian.appointments import errors
from zhijian.appointments.models import CounterGroup, Device
from zhijian.appointments.queries.given import given
from zhijian.appointments.rules.states import DeviceKind
from zhijian.audit.actions import record
from zhijian.core import numbers
from zhijian.core.actor import Actor
from zhijian.core.clock import now
from zhijian.core.crypto import keyed_digest
from zhijian.organizations.models import Hall

CODE_DIGITS = 8
CODE_LIFETIME = timedelta(minutes=10)
_PURPOSE = "appointments.pairing"
_SEEN_EVERY = timedelta(minutes=1)


@transaction.atomic
def create_device(
    actor: Actor, *, hall: Hall, kind: str, name: str, groups: Sequence[CounterGroup] = ()
) -> Device:
    """Register a device; without ``groups`` it serves the whole hall. Raises DeviceWrong."""
    name = given(name, 41)
    if kind not in DeviceKind.values or not name or len(name) > 40:
        raise errors.DeviceWrong
    if any(group.hall_id != hall.pk for group in groups):
        raise errors.DeviceWrong("窗口组要在同一个大厅。")
    device = Device.objects.create(hall=hall, kind=kind, name=name)
    device.groups.set(groups)
    record(actor, "device.created", subject=f"device:{device.public_id}", facts={"kind": kind})
    return device


@transaction.atomic
def make_code(actor: Actor, *, device: Device) -> str:
    """A new pairing code, good once and for ten minutes; only its digest is kept. Raises DeviceNotFound if revoked."""
    fresh = Device.objects.select_for_update().get(pk=device.pk)
    if fresh.revoked_at is not None:
        raise errors.DeviceNotFound("这台设备已停用，请重新登记。")
    code = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}"
    fresh.code_digest, fresh.code_until = _digest(code), now() + CODE_LIFETIME
    fresh.save(update_fields=["code_digest", "code_until"])
    record(actor, "device.code_made", subject=f"device:{fresh.public_id}")
    return code


@transaction.atomic
def pair(*, code: str) -> tuple[Device, str]:
    """The device of ``code`` and its new token, which only its cookie will know. An older pairing ends.

    Raises PairingWrong.
    """
    moment = now()
    found = Device.objects.select_for_update(of=("self",)).filter(
        code_digest=_digest(numbers.code(code)), code_until__gt=moment, revoked_at=None
    )
    device = found.select_related("hall").first()
    if device is None:
        raise errors.PairingWrong
    token = secrets.token_urlsafe(32)
    device.code_digest, device.code_until = "", None
    device.token_hash, device.paired_at, device.seen_at = token_hash(token), moment, moment
    device.save(update_fields=["code_digest", "code_until", "token_hash", "paired_at", "seen_at"])
    record(actor_of(device), "device.paired", subject=f"device:{device.public_id}")
    return device, token


@transaction.atomic
def revoke(actor: Actor, *, device: Device) -> Device:
    """From now on the device opens nothing."""
    fresh = Device.objects.select_for_update().get(pk=device.pk)
    if fresh.revoked_at is None:
        fresh.revoked_at, fresh.token_hash = now(), None
        fresh.code_digest, fresh.code_until = "", None
        fresh.save(update_fields=["revoked_at", "token_hash", "code_digest", "code_until"])
        record(actor, "device.revoked", subject=f"device:{fresh.public_id}")
    return fresh


def touch(device: Device) -> None:
    """Note that the device is alive, at most once a minute."""
    if device.seen_at is None or now() - device.seen_at > _SEEN_EVERY:
        Device.objects.filter(pk=device.pk).update(seen_at=now())


def token_hash(token: str) -> str:
    """What is kept of a device's token. It is random, so a plain hash cannot be guessed back."""
    return hashlib.sha256(token.encode()).hexdigest()


def actor_of(device: Device) -> Actor:
    return Actor(kind="system", key=device.public_id, label=str(DeviceKind(device.kind).label))


def _digest(code: str) -> str:
    return keyed_digest(_PURPOSE, code.encode())
