"""Reads of licences."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from zhijian.audit.actions import record_refusal
from zhijian.core import numbers
from zhijian.core.clock import today
from zhijian.identity.models import Citizen
from zhijian.licences import rules
from zhijian.licences.errors import DocumentNotReady, LicenceNotFound
from zhijian.licences.models import Licence, Status


@dataclass(frozen=True, slots=True)
class Verification:
    """What anyone who holds a verification code may know: whether it is true, not who the holder is."""

    state: rules.State
    name: str = ""
    number_masked: str = ""
    holder_masked: str = ""
    department: str = ""
    issued_on: date | None = None
    valid_to: date | None = None
    digest: str = ""


def held_by(citizen: Citizen) -> QuerySet[Licence]:
    """A citizen's licences, newest first."""
    return Licence.objects.filter(citizen=citizen).select_related("department").order_by("-issued_on", "-id")


def of_citizen(citizen: Citizen, public_id: str) -> Licence:
    """Raises LicenceNotFound; reaching for another person's licence is audited."""
    licence = Licence.objects.select_related("department", "file").filter(public_id=public_id).first()
    if licence is None:
        raise LicenceNotFound
    if licence.citizen_id != citizen.pk:
        subject = f"licence:{licence.number}"
        raise LicenceNotFound(
            attempt=lambda: record_refusal(citizen.actor, "licence.foreign", subject=subject)
        )
    return licence


def document(licence: Licence) -> bytes:
    """The PDF. Raises DocumentNotReady while its task has not run."""
    if licence.file is None:
        raise DocumentNotReady(retry_after=5)
    return licence.file.read()


def expiring(day: date) -> QuerySet[Licence]:
    """Valid licences whose renewal is due by ``day``, soonest first."""
    return (
        Licence.objects.filter(
            status=Status.VALID, valid_to__gte=day, valid_to__lte=day + rules.RENEWAL_NOTICE
        )
        .select_related("citizen", "department")
        .order_by("valid_to", "id")
    )


def verification(code: str) -> Verification:
    """One query; an unknown code is an answer, not an error."""
    licence = (
        Licence.objects.filter(verify_code=numbers.code(code).lower())
        .select_related("citizen", "department")
        .first()
    )
    if licence is None:
        return Verification(rules.State.UNKNOWN)
    return Verification(
        state=licence.state_on(today()),
        name=licence.name,
        number_masked=rules.mask_number(licence.number),
        holder_masked=licence.citizen.masked_name,
        department=licence.department.name,
        issued_on=licence.issued_on,
        valid_to=licence.valid_to,
        digest=licence.digest,
    )
