"""One case, whole, for its citizen."""

from datetime import datetime
from typing import Any

from zhijian.cases.models import Case, CaseDocument
from zhijian.cases.presenting import shapes
from zhijian.cases.presenting.clock import clock_view
from zhijian.cases.presenting.guide import applied_view, form_errors, material_views, prefill_of
from zhijian.cases.presenting.history import correction_view, timeline
from zhijian.cases.presenting.next_steps import citizen_actions, holder_of, next_steps
from zhijian.cases.presenting.outcome import delivery_view, refusal_view, result_view
from zhijian.cases.presenting.summary import summary_fields
from zhijian.cases.queries.changed import changed_since
from zhijian.cases.queries.own import form_values
from zhijian.cases.queries.stages import standing
from zhijian.cases.queries.versions import version
from zhijian.cases.rules.states import State
from zhijian.catalog.rules import apply_answers
from zhijian.core.deadlines import Calendar

_DOCUMENTS_EN = {
    CaseDocument.Kind.RECEIPT: "Receipt",
    CaseDocument.Kind.ACCEPTANCE: "Notice of acceptance",
    CaseDocument.Kind.CORRECTION: "Notice of correction",
    CaseDocument.Kind.DECISION: "Decision",
}


def present_detail(case: Case, moment: datetime, calendar: Calendar) -> shapes.CaseDetail:
    """``case`` from :func:`queries.completed`: no query more."""
    stands = standing(case, moment)
    item = version(case.item_version_id)
    applied = apply_answers(item.spec, case.answers)
    return shapes.CaseDetail(
        **summary_fields(case, stands, moment, calendar),
        version=shapes.VersionRef(**item.label),
        changed=_changed(case),
        answers=case.answers,
        applied=applied_view(applied),
        form=shapes.FormValues(values=form_values(case, item), page=case.page),
        revision=case.revision,
        revisions=case.revisions,
        form_errors=form_errors(case, item),
        prefill=prefill_of(case, item),
        materials=material_views(case, applied),
        clock=clock_view(case, stands, moment, calendar),
        timeline=timeline(case),
        holder=holder_of(case, stands.state),
        correction=correction_view(case),
        refusal=refusal_view(case),
        result=result_view(case),
        delivery=delivery_view(case),
        documents=documents_of(case),
        actions=citizen_actions(case, stands.state, moment),
        rating=shapes.RatingRef(stars=case.stars, at=case.rated_at) if case.stars and case.rated_at else None,
        next_steps=next_steps(case, stands.state),
    )


def documents_of(case: Case) -> list[shapes.DocumentRef]:
    """Which documents there are to ask for; each is made when first asked, at the latest."""
    kinds = CaseDocument.Kind
    there: dict[Any, bool] = {
        kinds.RECEIPT: case.submitted_at is not None,
        kinds.ACCEPTANCE: case.accepted_at is not None,
        kinds.CORRECTION: case.corrected,
        kinds.DECISION: case.refusal is not None,
    }
    return [
        shapes.DocumentRef(kind=kind.value, name=str(kind.label), name_en=_DOCUMENTS_EN[kind])
        for kind, present in there.items()
        if present
    ]


def _changed(case: Case) -> shapes.Changed | None:
    changed = changed_since(case) if case.state == State.DRAFT else None
    if changed is None:
        return None
    current = changed.current.number if changed.current else None
    return shapes.Changed(current_version=current, changes=changed.changes, withdrawn=changed.current is None)
