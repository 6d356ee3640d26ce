import io
from typing import Any

from django.db import transaction
from PIL import Image

from zhijian.audit.actions import record
from zhijian.content.actions.desk import ARTICLES
from zhijian.content.codes import MediaKind
from zhijian.content.errors import AltMissing, CaptionsInvalid
from zhijian.content.models import Media
from zhijian.content.rules import captions as vtt
from zhijian.core.actor import Actor
from zhijian.core.clock import now
from zhijian.core.errors import FieldError
from zhijian.core.files import DOCUMENTS, IMAGES, VIDEOS, StoredFile, intake
from zhijian.organizations.models import Department

_ALLOWED = {MediaKind.IMAGE: IMAGES, MediaKind.VIDEO: VIDEOS, MediaKind.DOCUMENT: DOCUMENTS}
MAX_BYTES = {MediaKind.IMAGE: 10 << 20, MediaKind.VIDEO: 20 << 20, MediaKind.DOCUMENT: 20 << 20}


@transaction.atomic
def give_media(
    actor: Actor,
    *,
    department: Department,
    kind: MediaKind,
    upload: Any,
    name: str = "",
    alt: str = "",
    captions: str = "",
) -> Media:
    """Take a picture, video or paper for articles of ``department``.

    Raises :class:`AltMissing`, :class:`CaptionsInvalid`, :class:`NotYourArticle`, or the problems of
    :mod:`zhijian.core.files.errors`.
    """
    ARTICLES.writer_of(actor, department, f"department:{department.code}")
    alt = alt.strip()[:200]
    if kind == MediaKind.IMAGE and not alt:
        raise AltMissing(fields=[FieldError(path="/alt", code="required", message=AltMissing.title)])
    if kind == MediaKind.VIDEO:
        _check_captions(captions)
    file = intake(upload, allowed=_ALLOWED[kind], max_bytes=MAX_BYTES[kind], kind="content_media")
    width, height = _size(file) if kind == MediaKind.IMAGE else (None, None)
    media = Media.objects.create(
        kind=kind,
        name=(name.strip() or file.name)[:120],
        file=file,
        alt=alt if kind == MediaKind.IMAGE else "",
        captions=captions.strip() if kind == MediaKind.VIDEO else "",
        width=width,
        height=height,
        department=department,
        created_at=now(),
    )
    facts = {"kind": kind.value, "bytes": file.size}
    record(actor, "content.media_given", subject=f"media:{media.public_id}", facts=facts)
    return media


def _check_captions(captions: str) -> None:
    _, faults = vtt.parse(captions)
    if faults:
        raise CaptionsInvalid(
            fields=[FieldError(path="/captions", code="invalid", message=fault) for fault in faults[:10]]
        )


def _size(file: StoredFile) -> tuple[int, int]:
    """Pixels of the public picture."""
    with Image.open(io.BytesIO(file.read_preview()[0])) as picture:
        return picture.width, picture.height
