"""What is filled into the documents of a case (``templates/pdf``)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from zhijian.cases.models import Case, CaseDocument
from zhijian.cases.queries.terms import terms_of
from zhijian.cases.queries.versions import version
from zhijian.cases.rules.states import State
from zhijian.core.clock import local_date, today
from zhijian.core.dates import long_date
from zhijian.core.zone import CHINA

Kind = CaseDocument.Kind
_FORMS = {"upload": "电子", "licence": "电子证照", "file": "以往材料"}


@dataclass(frozen=True, slots=True)
class Paper:
    """A template, its data and the file's name."""

    template: str
    data: dict[str, Any]
    name: str


def paper_of(case: Case, kind: str) -> Paper | None:
    """None while the case hasn't come so far."""
    makers: dict[str, Callable[[Case], dict[str, Any] | None]] = {
        Kind.RECEIPT: _receipt,
        Kind.ACCEPTANCE: _acceptance,
        Kind.CORRECTION: _correction,
        Kind.DECISION: _decision,
    }
    maker = makers.get(kind)
    data = maker(case) if maker and case.submitted_at else None
    if data is None:
        return None
    return Paper(kind, _common(case) | data, f"{Kind(kind).label}{case.number}.pdf")


def _common(case: Case) -> dict[str, Any]:
    assert case.submitted_at is not None
    return {
        "office": case.department.name,
        "number": case.number,
        "item": case.item_name,
        "applicant": case.citizen.masked_name,
        "received_at": f"{long_date(local_date(case.submitted_at))} {case.submitted_at.astimezone(CHINA):%H:%M}",
        "phone": case.department.phone,
        "date": long_date(today()),
        "seal_words": "业务专用章",
        "qr": f"{settings.PUBLIC_URL}/#/pages/case/detail?id={case.public_id}",
    }


def _receipt(case: Case) -> dict[str, Any]:
    assert case.submitted_at is not None
    terms = terms_of(case)
    due = case.decision_due_at
    return {
        "date": long_date(local_date(case.submitted_at)),
        "seal_words": "收件专用章",
        "item_code": case.item_code,
        "applicant_id": case.citizen.masked_id,
        "promised": terms.limit.words if terms.limit else "",
        "due_on": long_date(local_date(due)) if due else "",
        "materials": _received(case),
    }


def _received(case: Case) -> list[dict[str, Any]]:
    files = list(case.files.select_related("material").order_by("id"))
    rows: dict[str, dict[str, Any]] = {}
    for file in files:
        row = rows.setdefault(
            file.material.code, {"name": file.material.name, "form": _FORMS[file.source], "count": 0}
        )
        row["count"] += 1
    return list(rows.values())


def _acceptance(case: Case) -> dict[str, Any] | None:
    if case.accepted_at is None:
        return None
    terms = terms_of(case)
    spec = version(case.item_version_id).spec
    return {
        "date": long_date(local_date(case.accepted_at)),
        "document_number": _document_number(case, "受"),
        "department": case.department.name,
        "law": terms.law,
        "accepted_at": long_date(local_date(case.accepted_at)),
        "limit": terms.limit.words if terms.limit else "法律规定的期限",
        "due_on": long_date(local_date(case.decision_due_at)) if case.decision_due_at else "法定期限届满之日",
        "complaint_phone": spec.complaint,
    }


def _correction(case: Case) -> dict[str, Any] | None:
    if not case.corrected:
        return None
    notice = case.correction
    items = list(notice.items.order_by("id"))
    return {
        "date": long_date(local_date(notice.asked_at)),
        "document_number": _document_number(case, "补"),
        "law": "《中华人民共和国行政许可法》第三十二条",
        "due_on": long_date(local_date(notice.due_at)),
        "fields": [{"label": item.label, "words": item.words} for item in items if item.kind == "field"],
        "materials": [{"name": item.label, "words": item.words} for item in items if item.kind == "material"],
        "note": notice.note,
    }


def _decision(case: Case) -> dict[str, Any] | None:
    if not case.refusal:
        return None
    rejected = case.refusal["kind"] == State.REJECTED
    step = case.steps.filter(action__in=["reject", "decide"]).order_by("-id").first()
    return {
        "date": long_date(local_date(step.at)) if step else long_date(today()),
        "title": "不予受理决定书" if rejected else "不予许可决定书",
        "document_number": _document_number(case, "不受" if rejected else "不许"),
        "decision": "决定不予受理" if rejected else "决定不予许可",
        "reasons": [case.refusal["reasons"]],
        "laws": [case.refusal["law"]],
        "review_body": "本级人民政府",
        "court": "人民法院",
        "advice": "",
    }


def _document_number(case: Case, word: str) -> str:
    assert case.submitted_at is not None
    assert case.number is not None
    year = local_date(case.submitted_at).year
    return f"{case.department.short_name}{word}字〔{year}〕第{case.number[-7:-1]}号"
