"""What goes over the wire."""

from datetime import date, datetime
from typing import Any, Literal

from ninja import Schema
from pydantic import ConfigDict, Field, JsonValue

from zhijian.consultations.models import Comment, Consultation
from zhijian.consultations.queries.mine import Mine
from zhijian.consultations.queries.public import withdrawn_reason
from zhijian.consultations.rules.answers import COMMENT_MAX, COMMENTS_MAX
from zhijian.consultations.rules.figures import Result
from zhijian.consultations.rules.moderation import CommentState, HiddenReason, Outcome
from zhijian.consultations.rules.states import phase
from zhijian.consultations.spec import Clause, Question
from zhijian.core.clock import now

ShownPhase = Literal["upcoming", "open", "closed", "answered", "withdrawn"]


class DepartmentOut(Schema):
    code: str
    name: str
    name_en: str


class SummaryOut(Schema):
    """``phase`` as of this answer."""

    id: str
    title: str
    summary: str
    department: DepartmentOut
    opens_at: datetime
    closes_at: datetime
    phase: ShownPhase
    phase_label: str


class ListOut(Schema):
    items: list[SummaryOut]
    next_cursor: str | None


class AttachmentOut(Schema):
    id: str
    title: str
    mime: str
    bytes: int


class ConsultationOut(SummaryOut):
    """``document`` is the immutable published form of the same for anonymous reading from the static files."""

    background: str
    audience: str
    contact: str
    short_reason: str
    withdrawn_reason: str
    clauses: list[Clause]
    questions: list[Question]
    attachments: list[AttachmentOut]
    answered_at: datetime | None
    document: str


class CountsOut(Schema):
    answers: int
    comments: int
    shown: int


class CommentIn(Schema):
    """``clause``: a clause's key, or "" for the whole."""

    model_config = ConfigDict(extra="forbid")
    clause: str = Field("", max_length=20)
    text: str = Field(max_length=COMMENT_MAX)


class SheetIn(Schema):
    """``answers`` by question key: an option's key, a list of them, points, text, or {row: option}.
    ``notify``: tell me when the result is out."""

    model_config = ConfigDict(extra="forbid")
    answers: dict[str, JsonValue] = Field(default_factory=dict, max_length=100)
    comments: list[CommentIn] = Field(default_factory=list, max_length=COMMENTS_MAX)
    notify: bool = False


class OwnCommentOut(Schema):
    """``reason`` says why it is hidden. ``target``: clause or question key, or ""."""

    target: str
    text: str
    state: CommentState
    state_label: str
    reason: str


class MineOut(Schema):
    day: date
    answers: dict[str, Any]
    comments: list[OwnCommentOut]
    texts: list[OwnCommentOut]
    notify: bool


class ShownCommentOut(Schema):
    id: str
    target: str
    text: str


class CommentsOut(Schema):
    items: list[ShownCommentOut]
    next_cursor: str | None


class ClauseCountOut(Schema):
    key: str
    comments: int


class GroupOut(Schema):
    """Comments that say the same, and what the department answers them."""

    title: str
    size: int
    outcome: Outcome
    outcome_label: str
    reply: str
    samples: list[str]


class ReportOut(Schema):
    id: str
    title: str
    answers: int
    overview: str
    results: list[Result]
    clauses: list[ClauseCountOut]
    groups: list[GroupOut]
    answered_at: datetime | None


ListState = Literal["open", "upcoming", "closed"]


def summary(row: Consultation) -> dict[str, Any]:
    stands = phase(row.state, row.opens_at, row.closes_at, now())
    return {
        "id": row.public_id,
        "title": row.title,
        "summary": row.summary,
        "department": {name: getattr(row.department, name) for name in DepartmentOut.model_fields},
        "opens_at": row.opens_at,
        "closes_at": row.closes_at,
        "phase": stands.value,
        "phase_label": stands.label,
    }


def whole(row: Consultation) -> ConsultationOut:
    attachments = row.attachments.select_related("file")
    return ConsultationOut(
        **summary(row),
        background=row.background,
        audience=row.audience,
        contact=row.contact,
        short_reason=row.short_reason,
        withdrawn_reason=withdrawn_reason(row),
        clauses=row.content["clauses"],
        questions=row.content["questions"],
        attachments=[
            AttachmentOut(id=one.public_id, title=one.title, mime=one.file.mime, bytes=one.file.size)
            for one in attachments
        ],
        answered_at=row.answered_at,
        document=f"/public/consultations/{row.public_id}.json",
    )


def mine(found: Mine) -> MineOut:
    return MineOut(
        day=found.day,
        answers=found.values,
        comments=[_own(comment) for comment in found.comments],
        texts=[_own(comment) for comment in found.texts],
        notify=found.notify,
    )


def _own(comment: Comment) -> OwnCommentOut:
    return OwnCommentOut(
        target=comment.target,
        text=comment.text,
        state=(state := CommentState(comment.state)),
        state_label=state.label,
        reason=HiddenReason(comment.reason).label if comment.reason else "",
    )
