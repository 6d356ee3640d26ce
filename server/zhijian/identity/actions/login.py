"""Logging in by phone and one-time code."""

import hmac
import secrets
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import transaction

from zhijian.audit.actions import record, record_refusal
from zhijian.core import locks, numbers
from zhijian.core.actor import Actor
from zhijian.core.clock import now
from zhijian.core.crypto import blind_index, keyed_digest
from zhijian.core.errors import FieldError, Problem
from zhijian.core.events import emit
from zhijian.core.locks import Lock
from zhijian.identity import errors, rules
from zhijian.identity.actions.sessions import open_session
from zhijian.identity.adapters.base import SystemUnavailable
from zhijian.identity.adapters.registry import sms
from zhijian.identity.events import CitizenRegistered
from zhijian.identity.models import Citizen, LoginCode, Session
from zhijian.identity.rules import CodeVerdict

VISITOR = Actor(kind="citizen", key="visitor", label="未登录的访客")

_REFUSALS: dict[CodeVerdict, type[Problem]] = {
    CodeVerdict.WRONG: errors.CodeWrong,
    CodeVerdict.USED: errors.CodeUsed,
    CodeVerdict.EXPIRED: errors.CodeExpired,
    CodeVerdict.LOCKED: errors.CodeLocked,
}


@dataclass(frozen=True)
class LoggedIn:
    """``token`` goes to the device and is kept nowhere else."""

    token: str
    session: Session


def request_code(actor: Actor, *, phone: str, address: str) -> int:
    """Send a code to ``phone`` for a caller at network ``address``; returns seconds until the next may be asked.

    Behaves alike for known and unknown phones. Raises PhoneWrong, CodesTooOften, SmsUnavailable; when the
    message cannot be sent, the attempt does not count and an earlier code stays good.
    """
    number = _phone(phone)
    code = f"{secrets.randbelow(10**6):06d}"
    pending = _reserve(actor, blind_index("phone", number), blind_index("address", address), code)
    minutes = int(LoginCode.LIFETIME.total_seconds() // 60)
    try:
        # Outside any transaction: a slow gateway must not hold locks.
        sms().send_code(phone=number, code=code, minutes=minutes)
    except SystemUnavailable as error:
        pending.delete()
        raise errors.SmsUnavailable(retry_after=60) from error
    LoginCode.objects.filter(pk=pending.pk).update(sent_at=now())
    return rules.RESEND_AFTER


@transaction.atomic
def _reserve(actor: Actor, phone_index: str, address_index: str, code: str) -> LoginCode:
    """Count this request against the limits, which two requests at once cannot both pass."""
    for index in sorted({phone_index, address_index}):
        _lock(index)
    moment = now()
    of_phone = LoginCode.objects.filter(phone_index=phone_index, created_at__gt=moment - timedelta(days=1))
    of_address = LoginCode.objects.filter(
        address_index=address_index, created_at__gt=moment - timedelta(hours=1)
    )
    wait = rules.code_wait(
        now=moment,
        phone_times=list(of_phone.values_list("created_at", flat=True)),
        address_times=list(of_address.values_list("created_at", flat=True)),
        per_day=settings.LOGIN_CODES_PER_PHONE_DAY,
        per_hour=settings.LOGIN_CODES_PER_ADDRESS_HOUR,
    )
    if wait:
        subject = f"phone:{phone_index[:16]}"
        raise errors.CodesTooOften(
            retry_after=wait,
            extra={"resend_after": wait},
            attempt=lambda: record_refusal(actor, "login_code.requested", subject=subject),
        )
    return LoginCode.objects.create(
        phone_index=phone_index,
        address_index=address_index,
        code_hash=_code_hash(phone_index, code),
        created_at=moment,
    )


def log_in(actor: Actor, *, phone: str, code: str, device: str = "") -> LoggedIn:
    """Trade a code for a session; the first log-in of a phone registers its citizen.

    Only the newest code sent to the phone counts, for 5 minutes, once, and for 5 attempts.
    Raises PhoneWrong, CodeWrong, CodeUsed, CodeExpired, CodeLocked; DemoOnly for an invented person elsewhere.
    """
    number = _phone(phone)
    index = blind_index("phone", number)
    with transaction.atomic():  # a refusal is raised after it: the attempt must stay counted
        verdict = _use_code(index, numbers.code(code))
        if verdict is CodeVerdict.RIGHT:
            citizen = _citizen(number, index)
            if citizen.demo and not settings.DEMO:
                raise errors.DemoOnly
            token, session = open_session(citizen, device=device)
            return LoggedIn(token, session)
        record_refusal(actor, "session.started", subject=f"phone:{index[:16]}", facts={"reason": verdict})
    raise _REFUSALS[verdict](fields=[FieldError("/code", verdict, _REFUSALS[verdict].title)])


def _use_code(phone_index: str, code: str) -> CodeVerdict:
    newest = (
        LoginCode.objects.select_for_update()
        .filter(phone_index=phone_index, sent_at__isnull=False)
        .order_by("-created_at", "-id")
        .first()
    )
    if newest is None:
        return CodeVerdict.WRONG
    verdict = rules.code_verdict(
        matches=hmac.compare_digest(newest.code_hash, _code_hash(phone_index, code)),
        used=newest.used_at is not None,
        expired=now() - newest.created_at >= LoginCode.LIFETIME,
        attempts=newest.attempts,
    )
    if verdict is CodeVerdict.RIGHT:
        newest.used_at = now()
    elif verdict is CodeVerdict.WRONG:
        newest.attempts += 1
    newest.save(update_fields=["used_at", "attempts"])
    return verdict


def _citizen(phone: str, index: str) -> Citizen:
    citizen, created = Citizen.objects.get_or_create(phone_index=index, defaults={"phone": phone})
    if created:
        record(citizen.actor, "citizen.registered", subject=f"citizen:{citizen.public_id}")
        emit(CitizenRegistered(citizen_id=citizen.pk))
    return citizen


def _phone(text: str) -> str:
    number = rules.clean_phone(text)
    if not number:
        raise errors.PhoneWrong(fields=[FieldError("/phone", "phone", errors.PhoneWrong.title)])
    return number


def _code_hash(phone_index: str, code: str) -> str:
    return keyed_digest("login_code", f"{phone_index}:{code}".encode())


def _lock(index: str) -> None:
    """One request at a time for this phone or address, until the transaction ends."""
    locks.take(Lock.LOGIN_CODE, index)
