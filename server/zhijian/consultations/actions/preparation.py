"""Drafting: text, questions, times, attachments."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from pydantic import ValidationError

from zhijian.audit.actions import record, record_refusal
from zhijian.consultations import errors
from zhijian.consultations.actions import turn
from zhijian.consultations.models import Attachment, Consultation
from zhijian.consultations.rules import content as rules
from zhijian.consultations.rules.table import Action
from zhijian.consultations.spec import Content
from zhijian.core.actor import Actor
from zhijian.core.errors import FieldError
from zhijian.core.files import DOCUMENTS, IMAGES, discard, intake
from zhijian.core.files.actions import Upload
from zhijian.organizations.models import Department, Staff
from zhijian.organizations.queries import holds
from zhijian.organizations.rules import Post

ATTACHMENTS_MAX = 10
ATTACHMENT_BYTES = 20 * 1024 * 1024
_LIMITS = {
    "title": 120, "summary": 200, "background": 10_000, "audience": 200, "contact": 200, "short_reason": 500,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Draft:
    """What an editor writes. ``content`` as JSON, checked against :class:`zhijian.consultations.spec.Content`."""

    title: str
    summary: str = ""
    background: str = ""
    audience: str = ""
    contact: str = ""
    short_reason: str = ""
    concerns_enterprises: bool = False
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    content: Mapping[str, Any] | None = None


@transaction.atomic
def open_draft(actor: Actor, *, department: Department, draft: Draft) -> Consultation:
    """A new draft of ``department``. Raises PostForbids, ContentWrong."""
    staff = Staff.objects.filter(public_id=actor.key, is_active=True).first()
    if staff is None or not holds(staff, Post.EDITOR, department=department):
        subject = f"department:{department.code}"
        raise errors.PostForbids(
            attempt=lambda: record_refusal(actor, "consultation.post_forbids", subject=subject)
        )
    row = Consultation(department=department)
    _write(row, draft)
    row.save()
    named = staff.actor_as(Post.EDITOR)
    turn.write_step(row, named, "opened")
    record(named, "consultation.opened", subject=turn.subject(row), facts={"department": department.code})
    return row


@transaction.atomic
def save_draft(actor: Actor, *, consultation: Consultation, draft: Draft) -> Consultation:
    """Keep what was written, complete or not. Raises ContentWrong for what can't be kept at all."""
    begun = turn.begin(actor, consultation, Action.EDIT)
    _write(begun.row, draft)
    return turn.finish(begun)


@transaction.atomic
def discard_draft(actor: Actor, *, consultation: Consultation) -> None:
    """Nobody sees it any more, its files are deleted; who wrote and who discarded it stays on record."""
    begun = turn.begin(actor, consultation, Action.DISCARD)
    for attachment in begun.row.attachments.select_related("file"):
        attachment.delete()
        discard(attachment.file)
    turn.finish(begun)


@transaction.atomic
def attach(actor: Actor, *, consultation: Consultation, upload: Upload, title: str = "") -> Attachment:
    """Raises the problems of files, and NotNow beyond ten attachments."""
    begun = turn.begin(actor, consultation, Action.EDIT)
    row = begun.row
    if row.attachments.count() >= ATTACHMENTS_MAX:
        raise errors.NotNow(f"最多{ATTACHMENTS_MAX}个附件")
    file = intake(
        upload, allowed=DOCUMENTS | IMAGES, max_bytes=ATTACHMENT_BYTES, kind="consultation_attachment"
    )
    name = title.strip()[:100] or file.name[:100]
    turn.finish(begun)
    attachment = Attachment.objects.create(consultation=row, file=file, title=name)
    record(begun.actor, "consultation.attached", subject=turn.subject(row))
    return attachment


@transaction.atomic
def detach(actor: Actor, *, consultation: Consultation, attachment_id: str) -> None:
    begun = turn.begin(actor, consultation, Action.EDIT)
    found = begun.row.attachments.select_related("file").filter(public_id=attachment_id).first()
    if found is None:
        raise errors.AttachmentNotFound
    found.delete()
    discard(found.file)
    record(begun.actor, "consultation.detached", subject=turn.subject(begun.row))


def _write(row: Consultation, draft: Draft) -> None:
    found = [
        FieldError(f"/{name}", "too_long", f"最多{limit}个字")
        for name, limit in _LIMITS.items()
        if len(getattr(draft, name)) > limit
    ]
    if not draft.title.strip():
        found.append(FieldError("/title", "required", "请填写标题"))
    if draft.opens_at and draft.closes_at and (fault := rules.period_fault(draft.opens_at, draft.closes_at)):
        found.append(fault)
    content = _content(draft, found)
    if found:
        raise errors.ContentWrong("请修改后再保存", fields=found)
    for name in _LIMITS:
        setattr(row, name, getattr(draft, name).strip())
    row.concerns_enterprises = draft.concerns_enterprises
    row.opens_at, row.closes_at = draft.opens_at, draft.closes_at
    row.content = content


def _content(draft: Draft, found: list[FieldError]) -> dict[str, Any]:
    try:
        return Content.model_validate(draft.content or {}).model_dump(mode="json")
    except ValidationError as error:
        for fault in error.errors():
            path = "/content/" + "/".join(str(part) for part in fault["loc"])
            found.append(FieldError(path, str(fault["type"]), "内容太长或格式不对，请检查"))
        return {}
