"""Materials as the case page shows them, and the one file that the viewer has open."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from zhijian.cases.models import Case, CaseFile, CaseMaterial
from zhijian.catalog.codes import Necessity
from zhijian.catalog.spec import Material

MISSING = "missing"


@dataclass(frozen=True, slots=True)
class File:
    public_id: str
    source: str
    is_image: bool
    is_pdf: bool


@dataclass(frozen=True, slots=True)
class Paper:
    """One material that the guide asks for in this situation, with what was given."""

    code: str
    name: str
    state: str
    words: str
    necessity: str
    required: bool
    files: tuple[File, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """The file in the viewer, its place among all files, and the neighbours."""

    public_id: str
    material_name: str
    position: int
    total: int
    is_image: bool
    is_pdf: bool
    url: str
    preview_url: str
    previous: str
    next: str


def papers(materials: Sequence[Material], given: Sequence[CaseMaterial]) -> list[Paper]:
    """What is asked, in the guide's order, then what was given beyond it (a situation may have changed)."""
    by_code = {row.code: row for row in given}
    asked = [
        _paper(one.code, one.name, by_code.pop(one.code, None), Necessity(one.necessity)) for one in materials
    ]
    return asked + [_paper(row.code, row.name, row, Necessity.OPTIONAL) for row in by_code.values()]


def _paper(code: str, name: str, row: CaseMaterial | None, necessity: Necessity) -> Paper:
    files = tuple(_file(file) for file in row.files.all()) if row else ()
    state = row.state if row and (files or row.state == CaseMaterial.State.FLAGGED) else MISSING
    return Paper(
        code=code,
        name=name,
        state=state,
        words=row.words if row else "",
        necessity=str(necessity.label),
        required=necessity is Necessity.REQUIRED,
        files=files,
    )


def _file(row: CaseFile) -> File:
    mime = row.file.mime
    return File(row.public_id, row.source, mime.startswith("image/"), mime == "application/pdf")


def shown(case: Case, found: Sequence[Paper], wanted: str = "") -> Shown | None:
    """The file ``wanted``, else the first one; None when there is none."""
    every = [(paper, file) for paper in found for file in paper.files]
    if not every:
        return None
    index = next((place for place, (_, file) in enumerate(every) if file.public_id == wanted), 0)
    paper, file = every[index]
    url = reverse("cases_file", args=[case.number, file.public_id])
    return Shown(
        public_id=file.public_id,
        material_name=paper.name,
        position=index + 1,
        total=len(every),
        is_image=file.is_image,
        is_pdf=file.is_pdf,
        url=url,
        preview_url=f"{url}?preview=1",
        previous=every[index - 1][1].public_id if index else "",
        next=every[index + 1][1].public_id if index + 1 < len(every) else "",
    )
