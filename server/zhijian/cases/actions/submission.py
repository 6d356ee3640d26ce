"""提交 and 补正提交: the whole application is checked against the version it was made under."""

from django.conf import settings
from django.db import connection, transaction
from django.db.models import prefetch_related_objects

from zhijian.cases import errors
from zhijian.cases.actions import clocks, turn
from zhijian.cases.actions.files import drop_files
from zhijian.cases.actions.review import end_pause
from zhijian.cases.models import Case, CaseFile, CaseMaterial, Correction
from zhijian.cases.queries.changed import changed_since
from zhijian.cases.queries.citizen import materials
from zhijian.cases.queries.own import form_values, own_values
from zhijian.cases.queries.versions import Version, version
from zhijian.cases.rules import completeness, deliveries
from zhijian.cases.rules.acts import Action
from zhijian.cases.rules.states import State
from zhijian.catalog.forms import clean_form
from zhijian.catalog.rules import Applied, apply_answers
from zhijian.core import serials
from zhijian.core.actor import Actor
from zhijian.core.clock import local_date
from zhijian.core.errors import FieldError


@transaction.atomic
def submit(actor: Actor, *, case: Case, consent: bool, revision: int | None = None) -> Case:
    """Hand in a draft: it gets its number, its clock and its receipt.

    ``revision`` is the one that the person has checked; a newer one they have not seen (then NewerSaved). Raises ConsentNeeded, ItemChanged (with the changes), ItemWithdrawn, SituationBlocks, AnswersWrong, FormWrong,
    MaterialsMissing, DeliveryWrong; the draft stays as it is.
    """
    if not consent:
        raise errors.ConsentNeeded
    move = turn.begin(actor, case, Action.SUBMIT)
    draft, item = move.row, version(move.row.item_version_id)
    if revision is not None and revision != draft.revision:
        raise errors.NewerSaved.of((), draft.revision)
    _in_force(draft)
    applied = _situation(draft, item)
    draft.form = _complete_form(draft, item)
    sources = _complete_materials(draft, applied)
    _keep_only_asked(draft, applied, sources)
    _complete_delivery(draft, item, applied)
    draft.required_count = sum(map(completeness.must_be_given, applied.materials))
    draft.reused_count = sum(source != CaseFile.Source.UPLOAD for source in sources.values())
    draft.number = _next_number(draft, move)
    draft.submitted_at = draft.received_at = move.at
    clocks.wind(draft, State.SUBMITTED)
    facts = {"version": item.label["number"], "hash": item.label["hash"], "reused": draft.reused_count}
    return turn.finish(move, facts=facts)


@transaction.atomic
def resubmit(actor: Actor, *, case: Case) -> Case:
    """Answer the notice of correction. The office has five working days again.

    Raises FormWrong or CorrectionUnanswered when a named material got no new file.
    """
    move = turn.begin(actor, case, Action.RESUBMIT)
    corrected, item = move.row, version(move.row.item_version_id)
    corrected.form = _complete_form(corrected, item)
    _complete_materials(corrected, apply_answers(item.spec, corrected.answers))
    notice = corrected.correction
    _answered(corrected, notice)
    notice.answered_at = move.at
    notice.save(update_fields=["answered_at"])
    flagged = [one for one in corrected.materials.all() if one.state == CaseMaterial.State.FLAGGED]
    for material in flagged:
        material.state = CaseMaterial.State.GIVEN
    CaseMaterial.objects.bulk_update(flagged, ["state"])
    end_pause(corrected, move)
    corrected.received_at = move.at
    clocks.wind(corrected, State.SUBMITTED)
    return turn.finish(move)


def _in_force(draft: Case) -> None:
    changed = changed_since(draft)
    if changed is None:
        return
    if changed.current is None:
        raise errors.ItemWithdrawn
    raise errors.ItemChanged("；".join(changed.changes), extra={"changes": changed.changes})


def _situation(draft: Case, item: Version) -> Applied:
    applied = apply_answers(item.spec, draft.answers)
    if applied.blocks:
        raise errors.SituationBlocks("；".join(applied.blocks))
    if unanswered := completeness.open_questions(item.spec, applied):
        raise errors.AnswersWrong(fields=unanswered)
    return applied


def _complete_form(case: Case, item: Version) -> dict[str, object]:
    """Raises FormWrong. How long a confirmed name may be is the register's matter, not the form's."""
    checked = clean_form(item.form, form_values(case, item))
    own = {f"/{name}" for name in own_values(case, item)}
    if wrong := [fault for fault in checked.errors if fault.path not in own]:
        raise errors.FormWrong(fields=[FieldError(f"/form{e.path}", e.code, e.message) for e in wrong])
    return checked.values


def _keep_only_asked(draft: Case, applied: Applied, sources: dict[str, str]) -> None:
    """What the chosen situation doesn't ask isn't kept (PIPL art. 6)."""
    needless = sources.keys() - set(applied.material_codes)
    if needless:
        drop_files(draft.materials.filter(code__in=needless))
        for code in needless:
            del sources[code]


def _complete_materials(case: Case, applied: Applied) -> dict[str, str]:
    """Material code → source of its first file. The materials are read as the answer shows them."""
    prefetch_related_objects([case], materials())
    first = {material.code: next(iter(material.files.all()), None) for material in case.materials.all()}
    sources = {code: file.source for code, file in first.items() if file}
    if missing := completeness.missing_materials(applied.materials, sources):
        raise errors.MaterialsMissing(fields=missing)
    return sources


def _complete_delivery(draft: Case, item: Version, applied: Applied) -> None:
    chosen = draft.delivery or {"method": draft.delivery_method}
    if wrong := deliveries.wrong(chosen, courier=item.spec.courier, halls=applied.halls):
        raise errors.DeliveryWrong(
            fields=[FieldError(f"/delivery{e.path}", e.code, e.message) for e in wrong]
        )


def _answered(case: Case, notice: Correction) -> None:
    named = dict(notice.items.filter(kind="material").values_list("key", "label"))
    new = case.files.filter(material__code__in=named, created_at__gte=notice.asked_at)
    silent = named.keys() - set(new.values_list("material__code", flat=True))
    if silent:
        raise errors.CorrectionUnanswered(
            fields=[
                FieldError(f"/materials/{code}", "required", f"请重新上传“{named[code]}”")
                for code in sorted(silent)
            ]
        )


def _next_number(case: Case, move: turn.Turn) -> str:
    # A sequence never waits for other submitters; it cycles at a million, far above a day's cases.
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('cases_number')")
        (sequence,) = cursor.fetchone()
    return serials.compose(
        prefix=settings.CASE_NUMBER_PREFIX,
        day=local_date(move.at),
        item_code=case.item_code,
        sequence=sequence,
    )
