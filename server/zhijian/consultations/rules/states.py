"""The stored state of a consultation, and the phase that the time makes of it."""

from datetime import datetime
from typing import Final

from django.db.models import TextChoices


class State(TextChoices):
    """状态 as stored. Whether a published one is open is never stored: see :func:`phase`."""

    DRAFT = "draft", "草稿"
    REVIEWING = "reviewing", "待审核"
    PUBLISHED = "published", "已发布"
    FEEDBACK_REVIEWING = "feedback_reviewing", "反馈待审核"
    ANSWERED = "answered", "已反馈"
    WITHDRAWN = "withdrawn", "已终止"
    DISCARDED = "discarded", "已删除"


class Phase(TextChoices):
    """What people see."""

    HIDDEN = "hidden", "未发布"
    UPCOMING = "upcoming", "即将开始"
    OPEN = "open", "征集中"
    CLOSED = "closed", "已结束，正在整理意见"
    ANSWERED = "answered", "已公布采纳情况"
    WITHDRAWN = "withdrawn", "已终止"


#: States in which everybody may read the consultation.
PUBLIC: Final = (State.PUBLISHED, State.FEEDBACK_REVIEWING, State.ANSWERED, State.WITHDRAWN)


def phase(state: str, opens_at: datetime | None, closes_at: datetime | None, now: datetime) -> Phase:
    """Computed, so that it is right when no worker runs. The end itself still belongs to the open time."""
    if state in (State.DRAFT, State.REVIEWING, State.DISCARDED):
        return Phase.HIDDEN
    if state in (State.ANSWERED, State.WITHDRAWN):
        return Phase(state)
    if opens_at is not None and now < opens_at:
        return Phase.UPCOMING
    return Phase.OPEN if closes_at is not None and now <= closes_at else Phase.CLOSED
