"""The item's side of a case: what is asked of this person, and what of it is there."""

from typing import Any

from zhijian.cases.models import Case, CaseFile, CaseMaterial
from zhijian.cases.presenting import shapes
from zhijian.cases.queries.own import form_values, own_values
from zhijian.cases.queries.versions import Version
from zhijian.cases.rules.states import State
from zhijian.catalog.forms import check_form
from zhijian.catalog.rules import Applied, limit_text, limit_text_en
from zhijian.catalog.spec import Material
from zhijian.core.openapi import FieldProblem


def applied_view(applied: Applied) -> shapes.Applied:
    return shapes.Applied(
        materials=applied.material_codes,
        fee=applied.fee,
        promised=limit_text(applied.promised_limit),
        promised_en=limit_text_en(applied.promised_limit),
        halls=list(applied.halls),
        notes=[note.text for note in applied.notes],
        notes_en=[note.text_en or note.text for note in applied.notes],
        blocks=list(applied.blocks),
        unanswered=list(applied.unanswered),
    )


def form_errors(case: Case, item: Version) -> list[FieldProblem]:
    """What is wrong so far with what was typed; what is still empty isn't wrong yet."""
    if case.state not in {State.DRAFT, State.CORRECTION}:
        return []
    found = check_form(item.form, form_values(case, item), partial=True)
    own = {f"/{name}" for name in own_values(case, item)}
    return [FieldProblem(path=e.path, code=e.code, message=e.message) for e in found if e.path not in own]


def prefill_of(case: Case, item: Version) -> dict[str, shapes.Prefill]:
    """Values that the platform knows already, with where they come from; only while the form is open.

    A ``locked`` one is the applicant's own identity: it is shown and can't be typed over.
    """
    if case.state not in {State.DRAFT, State.CORRECTION}:
        return {}
    known = {
        "citizen.name": (case.citizen.name, "实名信息", "your verified identity"),
        "citizen.id_number": (case.citizen.id_number, "实名信息", "your verified identity"),
        "citizen.phone": (case.citizen.phone, "登录手机号", "your log-in phone"),
    }
    found = {}
    for field in item.fields.values():
        if field.prefill and known[field.prefill][0]:
            value, source, source_en = known[field.prefill]
            found[field.name] = shapes.Prefill(
                value=value, source=source, source_en=source_en, locked=field.verified
            )
    return found


def material_views(case: Case, applied: Applied) -> list[shapes.MaterialView]:
    """Every material that is asked, in the guide's order; ``case.materials`` and their files are prefetched."""
    given = {material.code: material for material in case.materials.all()}
    return [_material(asked, given.get(asked.code)) for asked in applied.materials]


def _material(asked: Material, given: CaseMaterial | None) -> shapes.MaterialView:
    files = [file_info(file) for file in given.files.all()] if given else []
    flagged = given is not None and given.state == CaseMaterial.State.FLAGGED
    state: Any = given.state if given and (files or flagged) else "missing"
    return shapes.MaterialView(
        code=asked.code,
        name=asked.name,
        name_en=asked.name_en,
        necessity=asked.necessity,
        state=state,
        words=given.words if given else "",
        files=files,
        max_files=asked.max_files,
    )


def file_info(given: CaseFile) -> shapes.FileInfo:
    source: Any = given.source  # a choice of the model, checked by the database
    return shapes.FileInfo(
        id=given.public_id,
        name=given.file.name,
        size=given.file.size,
        mime=given.file.mime,
        pages=given.file.pages,
        source=source,
        created_at=given.created_at,
    )
