"""The only writers of licences."""

from dataclasses import asdict
from datetime import date

from django.db import connection, transaction

from zhijian.audit.actions import record
from zhijian.core.actor import Actor
from zhijian.core.clock import now, today
from zhijian.core.events import emit
from zhijian.core.files import keep
from zhijian.core.pdf import MissingGlyph, held
from zhijian.core.pdf.errors import way_out
from zhijian.identity.models import Citizen
from zhijian.licences import documents, rules
from zhijian.licences.errors import AlreadyRevoked, NotPrintable, ReasonMissing, TermWrong
from zhijian.licences.events import LicenceDocumentMade, LicenceIssued, LicenceRevoked
from zhijian.licences.models import Licence, Status
from zhijian.organizations.models import Department

FILE_KIND = "licence"


@transaction.atomic
def issue(
    actor: Actor,
    *,
    citizen: Citizen,
    department: Department,
    licence_type: str,
    name: str,
    content: rules.Content,
    item_code: str = "",
    case_number: str = "",
    valid_from: date | None = None,
    validity_months: int = 0,
    approval: bool = False,
) -> Licence:
    """Issue a licence from today or ``valid_from``; 0 months = without term. Its PDF is made by a task afterwards.

    A case gets one licence of a type: asked again, the same one is returned. Raises TermWrong, and NotPrintable for
    what no font here can print: nobody is told of a licence that cannot be made.
    """
    start, end = _term(valid_from or today(), validity_months)
    kind = rules.licence_type(licence_type, approval=approval)
    sequence = _next_number(kind.prefix, start.year)
    if present := _of_case(case_number, licence_type):
        return present
    licence = Licence.objects.create(
        citizen=citizen,
        department=department,
        licence_type=licence_type,
        name=name,
        number=rules.number(kind.prefix, start.year, sequence),
        item_code=item_code,
        case_number=case_number,
        template=kind.template,
        content=asdict(rules.with_holder(content, name=citizen.name, id_number=citizen.id_number)),
        issued_on=today(),
        valid_from=start,
        valid_to=end,
    )
    _check_printable(licence)
    record(
        actor, "licence.issued", subject=subject(licence), facts={"type": licence_type, "case": case_number}
    )
    emit(LicenceIssued(licence_id=licence.public_id, case_number=case_number))
    return licence


def _term(start: date, months: int) -> tuple[date, date | None]:
    end = rules.last_day(start, months)
    if end is not None and end < start:
        raise TermWrong
    return start, end


def make_document(actor: Actor, *, licence_id: str) -> Licence:
    """Make, sign and store the licence's PDF, once. What no font can print raises MissingGlyph, and is held."""
    with held.noted(FILE_KIND, licence_id):
        return _make_once(actor, licence_id)


@transaction.atomic
def _make_once(actor: Actor, licence_id: str) -> Licence:
    """Whoever comes second, or again after a crash, finds it made.

    The row is locked meanwhile (about 100 ms). A worker killed in the middle leaves the row as it was.
    """
    licence = (
        Licence.objects.select_for_update(of=("self",)).select_related("department").get(public_id=licence_id)
    )
    if licence.file_id is not None:
        return licence
    document = documents.make(licence)
    licence.digest = documents.digest(document)
    licence.file = keep(document, name=f"{licence.name}.pdf", kind=FILE_KIND, pages=documents.pages(document))
    licence.save(update_fields=["file", "digest"])
    held.forget(FILE_KIND, licence_id)
    record(actor, "licence.document_made", subject=subject(licence), facts={"sm3": licence.digest})
    emit(LicenceDocumentMade(licence_id=licence.public_id, case_number=licence.case_number))
    return licence


@transaction.atomic
def revoke(actor: Actor, *, licence: Licence, reason: str) -> Licence:
    """End a licence before its term (注销). Raises ReasonMissing, AlreadyRevoked."""
    if not reason.strip():
        raise ReasonMissing
    fresh = Licence.objects.select_for_update().get(pk=licence.pk)
    if fresh.status == Status.REVOKED:
        raise AlreadyRevoked
    fresh.status, fresh.revoked_at, fresh.revoke_reason = Status.REVOKED, now(), reason.strip()[:200]
    fresh.save(update_fields=["status", "revoked_at", "revoke_reason"])
    record(actor, "licence.revoked", subject=subject(fresh))
    emit(LicenceRevoked(licence_id=fresh.public_id, case_number=fresh.case_number))
    return fresh


def subject(licence: Licence) -> str:
    """How the audit trail names a licence."""
    return f"licence:{licence.number}"


def _check_printable(licence: Licence) -> None:
    try:
        documents.typeset(licence)
    except MissingGlyph as missing:
        raise NotPrintable(way_out(missing.characters)) from None


def _of_case(case_number: str, licence_type: str) -> Licence | None:
    # Asked after the number's row is locked, so that of two at once the second sees the first's licence.
    if not case_number:
        return None
    return Licence.objects.filter(case_number=case_number, licence_type=licence_type).first()


def _next_number(prefix: str, year: int) -> int:
    """The next number of this prefix and year; the row stays locked until the transaction ends, so none is lost."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO licences_licencesequence (prefix, year, last) VALUES (%s, %s, 1)"
            " ON CONFLICT (prefix, year) DO UPDATE SET last = licences_licencesequence.last + 1 RETURNING last",
            [prefix, year],
        )
        return int(cursor.fetchone()[0])
