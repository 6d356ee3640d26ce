"""受理: what the office does with what it received (行政许可法 art. 32)."""

from collections.abc import Sequence

from django.db import transaction

from zhijian.cases import errors
from zhijian.cases.actions import clocks, turn
from zhijian.cases.errors import need
from zhijian.cases.models import Case, CaseMaterial, CasePause, Correction, CorrectionItem
from zhijian.cases.queries.versions import version
from zhijian.cases.rules import corrections, refusals
from zhijian.cases.rules.acts import Action
from zhijian.cases.rules.corrections import Fault
from zhijian.cases.rules.deadlines import CORRECTION_DAYS
from zhijian.cases.rules.grounds import Ground
from zhijian.cases.rules.states import State
from zhijian.catalog.rules import apply_answers
from zhijian.core.actor import Actor
from zhijian.core.clock import now
from zhijian.core.workdays import Workdays


@transaction.atomic
def accept(actor: Actor, *, case: Case, note: str = "", seen: str | None = None) -> Case:
    """受理. The promised limit runs from now."""
    move = turn.begin(actor, case, Action.ACCEPT, seen=seen)
    move.row.accepted_at = move.at
    clocks.wind(move.row, State.ACCEPTED)
    return turn.finish(move, note=note, verdict=turn.Verdict.PASS)


@transaction.atomic
def deem_accepted(*, case: Case) -> Case:
    """Apply art. 32 (1) 4 if nothing was told within five working days; else leave the case as it is."""
    fresh = turn.lock(case.pk)
    turn.settle(fresh, now())
    return fresh


@transaction.atomic
def reject(actor: Actor, *, case: Case, reasons: str, law: str, seen: str | None = None) -> Case:
    """不予受理, with reasons, law and remedies."""
    move = turn.begin(actor, case, Action.REJECT, seen=seen)
    move.row.refusal = refusal_of(move.row, kind="rejected", reasons=reasons, law=law)
    clocks.wind(move.row, State.REJECTED)
    return turn.finish(move, note=reasons, verdict=turn.Verdict.BACK)


@transaction.atomic
def request_correction(
    actor: Actor,
    *,
    case: Case,
    fields: Sequence[Fault] = (),
    materials: Sequence[Fault] = (),
    note: str = "",
    days: int = CORRECTION_DAYS,
    seen: str | None = None,
) -> Case:
    """一次性告知补正: name every field and material at once, only what the published guide lists.

    ``days`` is the applicant's time in working days. The clock stands still until the answer.
    """
    move = turn.begin(actor, case, Action.REQUEST_CORRECTION, seen=seen)
    _check_notice(move.row, fields, materials)
    allowed = max(1, min(days, 60))
    due_at = clocks.correction_due(move.at, allowed, Workdays.for_writing())
    notice = Correction.objects.create(
        case=move.row, note=note.strip(), asked_at=move.at, days=allowed, due_at=due_at, told_due_at=due_at
    )
    _name_items(notice, fields, materials)
    CasePause.objects.create(case=move.row, ground=Ground.CORRECTION, reason=note.strip(), started_at=move.at)
    move.row.corrected = True
    clocks.show_correction(move.row, due_at)
    counts = {"fields": len(fields), "materials": len(materials)}
    return turn.finish(move, note=note, verdict=turn.Verdict.BACK, facts=counts)


def _check_notice(case: Case, fields: Sequence[Fault], materials: Sequence[Fault]) -> None:
    item = version(case.item_version_id)
    asked = {material.code for material in apply_answers(item.spec, case.answers).materials}
    wrong = corrections.unnamed(
        fields=fields, materials=materials, known_fields=set(item.fields), asked=asked
    )
    if wrong:
        raise errors.CorrectionWrong(fields=wrong)


def _name_items(notice: Correction, fields: Sequence[Fault], materials: Sequence[Fault]) -> None:
    item = version(notice.case.item_version_id)
    kinds = CorrectionItem.Kind
    for fault in fields:
        label = item.fields[corrections.top(fault.key)].label
        notice.items.create(kind=kinds.FIELD, key=fault.key, label=label, words=fault.words.strip())
    for fault in materials:
        name = item.materials[fault.key].name
        notice.items.create(kind=kinds.MATERIAL, key=fault.key, label=name, words=fault.words.strip())
        CaseMaterial.objects.update_or_create(
            case=notice.case,
            code=fault.key,
            defaults={"state": CaseMaterial.State.FLAGGED, "words": fault.words.strip()},
            create_defaults={"state": CaseMaterial.State.FLAGGED, "words": fault.words.strip(), "name": name},
        )


def refusal_of(case: Case, *, kind: str, reasons: str, law: str) -> dict[str, str]:
    """What a refusal must say. Raises :class:`errors.WordsMissing`."""
    if missing := refusals.incomplete(reasons=reasons, law=law):
        raise errors.WordsMissing(fields=missing)
    return {
        "kind": kind,
        "reasons": need("reasons", reasons, label="理由"),
        "law": need("law", law, label="依据"),
        "remedies": refusals.remedies(case.department.name),
    }
