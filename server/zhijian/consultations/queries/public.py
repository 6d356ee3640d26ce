"""What everybody reads of consultations: the list, one of them, live counts."""

from dataclasses import asdict, dataclass

from django.core.cache import cache
from django.db.models import QuerySet

from zhijian.consultations import errors
from zhijian.consultations.models import Answer, Attachment, Comment, Consultation
from zhijian.consultations.rules.moderation import CommentState
from zhijian.consultations.rules.states import PUBLIC, State
from zhijian.consultations.rules.table import Action
from zhijian.core.clock import now
from zhijian.core.pagination import Page, paginate

_COUNTS_FOR = 20  # seconds


def published() -> QuerySet[Consultation]:
    return Consultation.objects.filter(state__in=PUBLIC)


def listed(state: str, *, cursor: str | None = None, size: int = 20) -> Page[Consultation]:
    """``state``: open (the soonest to close first), upcoming, or closed (the latest first). One query."""
    moment = now()
    found = published().select_related("department").defer("background", "content", "overview")
    if state == "open":
        found = found.filter(state=State.PUBLISHED, opens_at__lte=moment, closes_at__gte=moment)
        return paginate(found, order=("closes_at", "public_id"), cursor=cursor, size=size)
    if state == "upcoming":
        found = found.filter(state=State.PUBLISHED, opens_at__gt=moment)
        return paginate(found, order=("opens_at", "public_id"), cursor=cursor, size=size)
    ended = found.exclude(state=State.PUBLISHED, closes_at__gte=moment)
    return paginate(ended, order=("-closes_at", "-public_id"), cursor=cursor, size=size)


def one(public_id: str) -> Consultation:
    """Raises ConsultationNotFound, also for what isn't published."""
    found = published().select_related("department").filter(public_id=public_id).first()
    if found is None:
        raise errors.ConsultationNotFound
    return found


def attachment(consultation: Consultation, public_id: str) -> Attachment:
    found = consultation.attachments.select_related("file").filter(public_id=public_id).first()
    if found is None:
        raise errors.AttachmentNotFound
    return found


def withdrawn_reason(consultation: Consultation) -> str:
    """Why it was ended; empty for all others. No query unless it was."""
    if consultation.state != State.WITHDRAWN:
        return ""
    return consultation.steps.filter(action=Action.WITHDRAW).values_list("note", flat=True).get()


@dataclass(frozen=True, slots=True)
class LiveCounts:
    """``answers`` persons took part; ``comments`` were written, ``shown`` of them are public."""

    answers: int
    comments: int
    shown: int


def live_counts(consultation: Consultation) -> LiveCounts:
    """Up to twenty seconds old. Three queries when they are made anew, none otherwise."""
    key = f"consultations:counts:{consultation.public_id}"
    kept = cache.get(key)
    if kept is None:
        comments = Comment.objects.filter(consultation=consultation)
        counts = LiveCounts(
            answers=Answer.objects.filter(consultation=consultation).count(),
            comments=comments.count(),
            shown=comments.filter(state=CommentState.SHOWN).count(),
        )
        kept = asdict(counts)
        cache.set(key, kept, _COUNTS_FOR)
    return LiveCounts(**kept)
