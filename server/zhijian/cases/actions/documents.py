"""Documents 文书 of a case: made once, by a task or by whoever asks first."""

from django.db import transaction

from zhijian.audit.actions import record
from zhijian.cases import errors
from zhijian.cases.actions.turn import subject
from zhijian.cases.models import Case, CaseDocument
from zhijian.cases.presenting.papers import paper_of
from zhijian.core import pdf
from zhijian.core.actor import SYSTEM
from zhijian.core.clock import now
from zhijian.core.files import keep
from zhijian.core.pdf import held


def make_document(*, case: Case, kind: str) -> CaseDocument:
    """The document of ``kind``, made now if it isn't there. Raises DocumentNotYet, MissingGlyph.

    What no font can print is held, shown to the officers of the case, and tried again until it can be made.
    """
    with held.noted(held_kind(kind), case.public_id):
        return _make_once(case, kind)


def held_kind(kind: str) -> str:
    return f"case.{kind}"


@transaction.atomic
def _make_once(case: Case, kind: str) -> CaseDocument:
    """The case's row is locked while it is made, so of two makers the second finds the first's; a killed one leaves
    nothing behind.
    """
    if made := _made(case, kind):
        return made
    Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    if made := _made(case, kind):
        return made
    fresh = Case.objects.select_related("department", "citizen", "correction").get(pk=case.pk)
    paper = paper_of(fresh, kind)
    if paper is None:
        raise errors.DocumentNotYet
    file = keep(
        pdf.render_sealed(paper.template, paper.data, reason=kind), name=paper.name, kind="case_document"
    )
    held.forget(held_kind(kind), case.public_id)
    document = CaseDocument.objects.create(case=fresh, kind=kind, file=file, created_at=now())
    record(SYSTEM, "case.document_made", subject=subject(fresh), facts={"kind": kind, "file": file.public_id})
    return document


def _made(case: Case, kind: str) -> CaseDocument | None:
    return CaseDocument.objects.select_related("file").filter(case=case.pk, kind=kind).first()
