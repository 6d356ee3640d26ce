"""The real-name check: a name and id number confirmed by an outside register."""

from django.db import IntegrityError, transaction

from zhijian.audit.actions import record, record_refusal
from zhijian.core.actor import Actor
from zhijian.core.clock import now, today
from zhijian.core.crypto import blind_index
from zhijian.core.errors import FieldError, Problem
from zhijian.core.events import emit
from zhijian.identity import errors, rules
from zhijian.identity.adapters.base import SystemUnavailable, Verdict
from zhijian.identity.adapters.registry import identity_check
from zhijian.identity.events import RealNameConfirmed
from zhijian.identity.models import Citizen

NAME_WORDS = "姓名请照证件上的样子填写，不用写数字和符号；证件上的字打不出来的，请带证件到政务服务大厅办理"


def check_real_name(actor: Actor, *, citizen: Citizen, name: str, id_number: str) -> Citizen:
    """Confirm who the citizen is. Repeating it with the same data changes nothing.

    One id number belongs to one citizen; accounts are never merged here. Raises RealNameWrong (naming the field),
    GuardianNeeded (PIPL art. 31), AlreadyRealNamed, RealNameTooOften, RealNameMismatch, IdNumberTaken,
    IdentityCheckUnavailable (then the attempt does not count).
    """
    name, id_number = rules.clean_name(name), rules.clean_id_number(id_number)
    _check_shape(name, id_number)
    index = blind_index("id_number", id_number)
    if citizen.real_name:
        return _unchanged(citizen, name, index)
    _count_attempt(actor, citizen)
    try:
        verdict = identity_check().check(name=name, id_number=id_number)
    except SystemUnavailable as error:
        _give_attempt_back(citizen)
        raise errors.IdentityCheckUnavailable(retry_after=60) from error
    if verdict is not Verdict.MATCH:
        raise _refusal(errors.RealNameMismatch, actor, citizen, reason=verdict)
    # Whether a number is taken is told only to someone who knows the name that belongs to it.
    return _confirm(actor, citizen, name, id_number, index)


def _check_shape(name: str, id_number: str) -> None:
    faults = []
    if not name:
        faults.append(FieldError("/name", "name", NAME_WORDS))
    words = rules.ID_NUMBER_WORDS.get(rules.id_number_fault(id_number, today=today()) or "")
    if words:
        faults.append(FieldError("/id_number", "id_number", words))
    if faults:
        raise errors.RealNameWrong(fields=faults)
    if rules.needs_guardian(id_number, today=today()):
        raise errors.GuardianNeeded


def _unchanged(citizen: Citizen, name: str, index: str) -> Citizen:
    if citizen.id_index != index or citizen.name != name:
        raise errors.AlreadyRealNamed
    return citizen


@transaction.atomic
def _count_attempt(actor: Actor, citizen: Citizen) -> None:
    locked = Citizen.objects.select_for_update().get(pk=citizen.pk)
    if locked.checks_on != today():
        locked.checks_on, locked.checks = today(), 0
    if locked.checks >= rules.REAL_NAME_CHECKS_PER_DAY:
        raise _refusal(errors.RealNameTooOften, actor, citizen, reason="too_often")
    locked.checks += 1
    locked.save(update_fields=["checks_on", "checks"])


@transaction.atomic
def _give_attempt_back(citizen: Citizen) -> None:
    locked = Citizen.objects.select_for_update().get(pk=citizen.pk)
    locked.checks = max(0, locked.checks - 1)
    locked.save(update_fields=["checks"])


@transaction.atomic
def _confirm(actor: Actor, citizen: Citizen, name: str, id_number: str, index: str) -> Citizen:
    locked = Citizen.objects.select_for_update().get(pk=citizen.pk)
    if locked.real_name:  # the same person pressed twice
        return _unchanged(locked, name, index)
    locked.name, locked.id_number, locked.id_index = name, id_number, index
    locked.real_name_level, locked.real_name_at = 1, now()
    try:
        with transaction.atomic():  # the unique index decides, also between two requests at once
            locked.save(update_fields=["name", "id_number", "id_index", "real_name_level", "real_name_at"])
    except IntegrityError as error:
        raise _refusal(errors.IdNumberTaken, actor, citizen, reason="taken") from error
    record(actor, "citizen.real_named", subject=f"citizen:{citizen.public_id}")
    emit(RealNameConfirmed(citizen_id=citizen.pk))
    return locked


def _refusal(kind: type[Problem], actor: Actor, citizen: Citizen, *, reason: str) -> Problem:
    subject = f"citizen:{citizen.public_id}"
    return kind(
        attempt=lambda: record_refusal(actor, "citizen.real_named", subject=subject, facts={"reason": reason})
    )
