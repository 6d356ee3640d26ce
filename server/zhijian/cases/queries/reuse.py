"""Never ask twice: what a citizen already holds that satisfies a material."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from zhijian.cases.models import Case, CaseFile
from zhijian.cases.rules.states import State
from zhijian.catalog.spec import Material
from zhijian.core.clock import today
from zhijian.identity.models import Citizen
from zhijian.identity.queries import counts_saved_materials
from zhijian.licences.models import Licence, Status

_AT_MOST = 3  # a material; the newest first


@dataclass(frozen=True, slots=True)
class Reusable:
    """``kind`` is licence or file; ``id`` a public id."""

    material_code: str
    kind: str
    id: str
    label: str
    valid_to: date | None = None


def reusable(case: Case, materials: Iterable[Material]) -> list[Reusable]:
    """Suggestions for ``materials``, licences before files. Two queries."""
    asked = list(materials)
    return [*_licences(case, asked), *_files(case, asked)]


@counts_saved_materials
def saved_materials(citizen: Citizen) -> int:
    """How many materials this person did not have to hand in again. One query."""
    sources = [CaseFile.Source.LICENCE, CaseFile.Source.FILE]
    given = CaseFile.objects.filter(case__citizen=citizen, source__in=sources)
    return given.exclude(case__state=State.DRAFT).values("material").distinct().count()


def reusable_licence(case: Case, material: Material, public_id: str) -> Licence | None:
    if not material.licence_type:
        return None
    held = _valid(case).filter(licence_type=material.licence_type, public_id=public_id)
    return held.select_related("file").first()


def reusable_file(case: Case, material: Material, public_id: str) -> CaseFile | None:
    return _earlier(case, [material]).filter(public_id=public_id).first()


def _licences(case: Case, materials: list[Material]) -> list[Reusable]:
    wanted = {material.licence_type: material.code for material in materials if material.licence_type}
    if not wanted:
        return []
    held = _valid(case).filter(licence_type__in=wanted).order_by("-issued_on", "-id")[:20]
    return [
        Reusable(
            wanted[row.licence_type],
            "licence",
            row.public_id,
            f"{row.name}（{row.number[-4:]}）",
            row.valid_to,
        )
        for row in held
    ]


def _valid(case: Case) -> QuerySet[Licence]:
    day = today()
    in_term = Q(valid_to__isnull=True) | Q(valid_to__gte=day)
    return Licence.objects.filter(
        in_term, citizen=case.citizen_id, status=Status.VALID, valid_from__lte=day, file__isnull=False
    )


def _files(case: Case, materials: list[Material]) -> list[Reusable]:
    by_name = {material.name: material.code for material in materials}
    found: dict[str, list[Reusable]] = {}
    for row in _earlier(case, materials).order_by("-id")[:60]:
        code = by_name[row.material.name]
        label = f"{row.case.item_name}时提交（{row.created_at:%Y-%m-%d}）"
        suggestions = found.setdefault(code, [])
        if len(suggestions) < _AT_MOST:
            suggestions.append(Reusable(code, "file", row.public_id, label))
    return [entry for material in materials for entry in found.get(material.code, [])]


def _earlier(case: Case, materials: list[Material]) -> QuerySet[CaseFile]:
    """Files that the office has seen, of materials by the same name."""
    return (
        CaseFile.objects.select_related("file", "material", "case")
        .filter(case__citizen=case.citizen_id, material__name__in=[material.name for material in materials])
        .exclude(case=case.pk)
        .exclude(case__state=State.DRAFT)
        .exclude(source=CaseFile.Source.LICENCE)
    )
