"""Drafts 草稿: opened once per item, saved at every step, never lost."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction

from zhijian.audit.actions import record
from zhijian.cases import errors
from zhijian.cases.actions import turn
from zhijian.cases.actions.files import drop_files
from zhijian.cases.models import Case
from zhijian.cases.queries.changed import changed_since
from zhijian.cases.queries.citizen import known
from zhijian.cases.queries.own import own_values
from zhijian.cases.queries.versions import Version, version
from zhijian.cases.rules import autosave, corrections, deliveries, revisions, verified
from zhijian.cases.rules.acts import Action
from zhijian.cases.rules.states import State
from zhijian.catalog.codes import CaseType, Handling
from zhijian.catalog.forms.limits import check_limits
from zhijian.catalog.forms.tidying import fitted, tidy
from zhijian.catalog.forms.visibility import fields_by_name
from zhijian.catalog.models import ItemVersion
from zhijian.catalog.queries import version_in_force
from zhijian.catalog.rules import apply_answers
from zhijian.core.actor import Actor
from zhijian.core.clock import now
from zhijian.identity.errors import RealNameNeeded
from zhijian.identity.models import Citizen


def open_draft(
    actor: Actor, *, citizen: Citizen, item_code: str, answers: Mapping[str, str]
) -> tuple[Case, bool]:
    """The open draft of this item, or a new one (then True). New answers replace a found draft's.

    Raises RealNameNeeded, NotOnline, SituationBlocks, and the catalogue's ItemNotFound and UnknownAnswer.
    """
    if not citizen.real_name:
        raise RealNameNeeded
    drafts = known().filter(citizen=citizen, item_code=item_code, state=State.DRAFT)
    try:
        with transaction.atomic():
            if not drafts.exists() or (found := drafts.first()) is None:
                return _create(actor, citizen, version_in_force(item_code), dict(answers)), True
            changed = bool(answers) and answers != found.answers
            return (set_answers(actor, case=found, answers=answers) if changed else found), False
    except IntegrityError:  # the same person opened it on another device a moment ago
        return drafts.get(), False


def _create(actor: Actor, citizen: Citizen, item_version: ItemVersion, answers: dict[str, str]) -> Case:
    item = version(item_version.pk)
    if item.spec.handling != Handling.ONLINE:
        raise errors.NotOnline
    if blocks := apply_answers(item.spec, answers).blocks:
        raise errors.SituationBlocks("；".join(blocks))
    case = Case(
        citizen=citizen, item_code=item_version.code, answers=answers, created_at=now(), updated_at=now()
    )
    _take_version(case, item_version)
    case.save(force_insert=True)
    record(actor, "case.opened", subject=turn.subject(case), facts={"item": case.item_code})
    return case


def _take_version(case: Case, item_version: ItemVersion) -> None:
    spec = version(item_version.pk).spec
    case.item_version = item_version
    case.item_name, case.item_name_en = spec.name, spec.name_en
    case.department = item_version.department
    case.separate_decision = spec.separate_decision
    case.instant = spec.case_type == CaseType.INSTANT


@transaction.atomic
def set_answers(actor: Actor, *, case: Case, answers: Mapping[str, str], revision: int | None = None) -> Case:
    """Choose the situation. Raises the catalogue's UnknownAnswer, and NewerSaved as :func:`save_form`."""
    draft = turn.begin(actor, case, Action.SUBMIT).row
    apply_answers(version(draft.item_version_id).spec, answers)
    _take(draft, {revisions.ANSWERS: draft.answers}, {revisions.ANSWERS: dict(answers)}, revision)
    draft.answers = dict(answers)
    return _saved(draft, "answers")


@transaction.atomic
def save_form(
    actor: Actor, *, case: Case, values: Mapping[str, Any], page: str = "", revision: int | None = None
) -> Case:
    """Autosave: keeps what was typed, also while it is wrong; :func:`queries.form_errors` tells what is.

    ``revision`` is the one that the person typed on: what was changed since, and differs, is not overwritten (then
    NewerSaved, and nothing is kept). None: whoever calls has read the draft within the same transaction.
    While correcting, only the fields that the notice names may change. Raises FormWrong for what cannot be kept:
    unknown fields, too long, too deep.
    """
    draft = turn.begin(actor, case, Action.RESUBMIT, or_else=Action.SUBMIT).row
    item = version(draft.item_version_id)
    if refused := check_limits(dict(values)) or autosave.unknown(values, set(item.fields)):
        raise errors.FormWrong(fields=refused)
    fields = fields_by_name(item.form["ui"])
    values = tidy(fields, values)
    if draft.state == State.CORRECTION:
        _only_named(draft, tidy(fields, draft.form), values)
    values = _of_oneself(draft, item, values)
    _take(draft, revisions.fields(draft.form), revisions.fields(values), revision)
    draft.form = autosave.merged(draft.form, values)
    if page in {known.key for known in item.spec.form.pages}:
        draft.page = page
    return _saved(draft, "form", "page")


def _of_oneself(draft: Case, item: Version, values: Mapping[str, Any]) -> dict[str, Any]:
    """``values`` with the applicant's own identity in its fields. Raises FormWrong when they name somebody else.

    What a case was submitted with stays until the office names it in a correction.
    """
    own, told = own_values(draft, item), values
    if draft.state == State.CORRECTION:
        told = {name: value for name, value in values.items() if value != draft.form.get(name)}
    if refused := verified.others(told, own, item.fields):
        raise errors.FormWrong(fields=refused)
    return verified.set_anew(values, {name: value for name, value in own.items() if name in told})


def _only_named(case: Case, before: Mapping[str, Any], values: Mapping[str, Any]) -> None:
    keys = case.correction.items.filter(kind="field").values_list("key", flat=True)
    named = {corrections.top(key) for key in keys}
    touched = {name for name, value in values.items() if before.get(name) != value}
    if touched - named:
        raise errors.NotInCorrection


@transaction.atomic
def set_delivery(
    actor: Actor, *, case: Case, delivery: Mapping[str, Any], revision: int | None = None
) -> Case:
    """How the result shall come. Raises DeliveryWrong, and NewerSaved as :func:`save_form`."""
    draft = turn.begin(actor, case, Action.SUBMIT).row
    spec = version(draft.item_version_id).spec
    halls = apply_answers(spec, draft.answers).halls
    if wrong := deliveries.wrong(delivery, courier=spec.courier, halls=halls):
        raise errors.DeliveryWrong(fields=wrong)
    chosen = deliveries.tidy(delivery)
    _take(draft, {revisions.DELIVERY: draft.delivery}, {revisions.DELIVERY: chosen}, revision)
    draft.delivery = chosen
    draft.delivery_method = draft.delivery["method"]
    return _saved(draft, "delivery", "delivery_method")


@transaction.atomic
def refresh(actor: Actor, *, case: Case) -> Case:
    """Move a draft to the version now in force, keeping what still fits. Raises ItemWithdrawn."""
    draft = turn.begin(actor, case, Action.SUBMIT).row
    changed = changed_since(draft)
    if changed is None:
        return draft
    if changed.current is None:
        raise errors.ItemWithdrawn
    _take_version(draft, changed.current)
    item = version(changed.current.pk)
    _fit(draft, item)
    record(actor, "case.refreshed", subject=turn.subject(draft), facts=item.label)
    return _saved(
        draft,
        *("item_version", "item_name", "item_name_en", "department", "separate_decision", "instant"),
        *("answers", "form", "delivery", "delivery_method"),
    )


def _fit(draft: Case, item: Version) -> None:
    """Drop the answers, fields, files and delivery that the new version no longer knows."""
    options = {question.key: {option.key for option in question.options} for question in item.spec.questions}
    draft.answers = {key: value for key, value in draft.answers.items() if value in options.get(key, set())}
    draft.form = fitted(fields_by_name(item.form["ui"]), draft.form)
    drop_files(draft.materials.exclude(code__in=item.materials))
    halls = apply_answers(item.spec, draft.answers).halls
    if draft.delivery and deliveries.wrong(draft.delivery, courier=item.spec.courier, halls=halls):
        draft.delivery, draft.delivery_method = {}, "electronic"


@transaction.atomic
def discard(actor: Actor, *, case: Case) -> None:
    """Delete a draft with its files."""
    draft = turn.begin(actor, case, Action.DISCARD).row
    record(actor, "case.discarded", subject=turn.subject(draft), facts={"item": draft.item_code})
    drop_files(draft.materials.all())
    draft.delete()


def _take(draft: Case, stored: Mapping[str, Any], given: Mapping[str, Any], revision: int | None) -> None:
    """Note which parts change in the save that follows. Raises NewerSaved."""
    if revision is not None and (parts := revisions.newer(draft.revisions, stored, given, revision)):
        raise errors.NewerSaved.of(parts, draft.revision)
    draft.revisions = revisions.marked(draft.revisions, stored, given, draft.revision + 1)


def _saved(draft: Case, *fields: str) -> Case:
    draft.revision += 1
    draft.updated_at = now()
    draft.save(update_fields=[*fields, "revision", "revisions", "updated_at"])
    return draft
