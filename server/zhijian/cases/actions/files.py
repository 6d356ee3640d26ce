"""Files of materials: uploaded once however often the phone re-sends, reused where something is already held."""

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from zhijian.audit.actions import record
from zhijian.cases import errors
from zhijian.cases.actions import turn
from zhijian.cases.models import Case, CaseFile, CaseMaterial
from zhijian.cases.queries.reuse import reusable_file, reusable_licence
from zhijian.cases.queries.versions import version
from zhijian.cases.rules.acts import Action
from zhijian.cases.rules.states import State
from zhijian.catalog.rules import apply_answers
from zhijian.catalog.spec import Material
from zhijian.core.actor import Actor
from zhijian.core.clock import now
from zhijian.core.files import MATERIALS, StoredFile, discard, intake
from zhijian.core.files.actions import Upload
from zhijian.licences.models import Licence

KIND = "case_material"


def attach(actor: Actor, *, case: Case, code: str, upload: Upload, upload_id: str) -> CaseFile:
    """Take an upload for material ``code``. ``upload_id`` is the phone's own: sent again, the same file answers.

    Raises the problems of core.files, MaterialNotAsked, TooManyFiles, NotInCorrection.
    """
    if again := _sent_before(case, upload_id):
        return again
    with transaction.atomic():
        _open_for(actor, case, code)  # refuse before reading what nobody asked for
    with transaction.atomic():
        file = intake(upload, allowed=MATERIALS, max_bytes=settings.UPLOAD_MAX_BYTES, kind=KIND)
        fresh, asked = _open_for(actor, case, code)
        if again := _sent_before(fresh, upload_id):
            discard(file)
            return again
        return _give(actor, fresh, asked, file, source=CaseFile.Source.UPLOAD, upload_id=upload_id)


@transaction.atomic
def reuse(actor: Actor, *, case: Case, code: str, kind: str, reference: str) -> CaseFile:
    """Give a held licence (``licence``) or a file of an earlier case (``file``) for material ``code``."""
    fresh, asked = _open_for(actor, case, code)
    licence: Licence | None = None
    if kind == "licence":
        licence = reusable_licence(fresh, asked, reference)
        file = licence.file if licence else None
    else:
        earlier = reusable_file(fresh, asked, reference)
        file = earlier.file if earlier else None
    if file is None:
        raise errors.NotReusable
    if present := fresh.files.filter(material__code=code, file=file).first():
        return present
    source = CaseFile.Source.LICENCE if licence else CaseFile.Source.FILE
    return _give(actor, fresh, asked, file, source=source, licence=licence)


@transaction.atomic
def remove(actor: Actor, *, case: Case, file_id: str) -> None:
    """Take a file out again; while correcting only from a material that the notice names."""
    given = case.files.select_related("material").filter(public_id=file_id).first()
    if given is None:
        raise errors.FileNotFound
    fresh, _ = _open_for(actor, case, given.material.code, room=False)
    _drop([given])
    record(actor, "case.file_removed", subject=turn.subject(fresh), facts={"material": given.material.code})


def drop_files(materials: QuerySet[CaseMaterial]) -> None:
    """Remove materials with their files; what other cases or licences use stays."""
    found = list(materials)
    _drop(list(CaseFile.objects.select_related("file").filter(material__in=found)))
    for material in found:
        material.delete()


def _drop(given: list[CaseFile]) -> None:
    for entry in given:
        file = entry.file
        entry.delete()
        if entry.source != CaseFile.Source.LICENCE and not CaseFile.objects.filter(file=file).exists():
            discard(file)


def _sent_before(case: Case, upload_id: str) -> CaseFile | None:
    if not upload_id:
        return None
    return case.files.select_related("file", "material").filter(upload_id=upload_id).first()


def _open_for(actor: Actor, case: Case, code: str, *, room: bool = True) -> tuple[Case, Material]:
    """The locked case if material ``code`` may be given now."""
    state = Case.objects.values_list("state", flat=True).get(pk=case.pk)
    action = Action.RESUBMIT if state == State.CORRECTION else Action.SUBMIT
    fresh = turn.begin(actor, case, action).row
    spec = version(fresh.item_version_id).spec
    asked = {material.code: material for material in apply_answers(spec, fresh.answers).materials}
    if code not in asked:
        raise errors.MaterialNotAsked
    if fresh.state == State.CORRECTION and not _named(fresh, code):
        raise errors.NotInCorrection
    if room and fresh.files.filter(material__code=code).count() >= asked[code].max_files:
        raise errors.TooManyFiles(f"“{asked[code].name}”最多{asked[code].max_files}个文件")
    return fresh, asked[code]


def _named(case: Case, code: str) -> bool:
    return bool(case.correction.items.filter(kind="material", key=code).exists())


def _give(
    actor: Actor,
    case: Case,
    asked: Material,
    file: StoredFile,
    *,
    source: CaseFile.Source,
    licence: Licence | None = None,
    upload_id: str = "",
) -> CaseFile:
    material, _ = CaseMaterial.objects.get_or_create(
        case=case, code=asked.code, defaults={"name": asked.name}
    )
    given = CaseFile.objects.create(
        case=case,
        material=material,
        file=file,
        source=source,
        licence=licence,
        upload_id=upload_id[:64],
        created_at=now(),
    )
    case.updated_at = given.created_at
    case.save(update_fields=["updated_at"])
    facts = {"material": asked.code, "source": source.value, "file": given.public_id}
    record(actor, "case.file_given", subject=turn.subject(case), facts=facts)
    return given
