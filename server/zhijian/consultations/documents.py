"""The published documents of consultations: the consultation itself, the list, and the report with its feedback."""

from typing import Any

from zhijian.consultations.models import Comment, Consultation
from zhijian.consultations.queries.comments import groups_of
from zhijian.consultations.queries.public import published, withdrawn_reason
from zhijian.consultations.queries.report import report
from zhijian.consultations.rules.figures import Result
from zhijian.consultations.rules.moderation import CommentState, Outcome
from zhijian.consultations.rules.states import State
from zhijian.core.zone import CHINA
from zhijian.publishing.actions import publish_document, retract_document

_IN_LIST = 200
_SAMPLES = 3


def publish_consultation(row: Consultation) -> None:
    """``consultations/<id>`` and the list ``consultations``. Whether it is open the reader computes from its times."""
    publish_document(f"consultations/{row.public_id}", consultation_document(row))
    _publish_list()


def retract_consultation(row: Consultation) -> None:
    """Taken back before it opened: its address and its line in the list go."""
    retract_document(f"consultations/{row.public_id}")
    _publish_list()


def _publish_list() -> None:
    rows = published().select_related("department").order_by("-published_at", "-id")[:_IN_LIST]
    publish_document("consultations", {"consultations": [summary(one) for one in rows]})


def publish_report(row: Consultation) -> None:
    """``consultations/<id>/report``."""
    publish_document(f"consultations/{row.public_id}/report", report_document(row))


def summary(row: Consultation) -> dict[str, Any]:
    return {
        "id": row.public_id,
        "title": row.title,
        "summary": row.summary,
        "department": {"code": row.department.code, "name": row.department.name},
        "opens_at": _moment(row.opens_at),
        "closes_at": _moment(row.closes_at),
        "withdrawn": row.state == State.WITHDRAWN,
        "answered_at": _moment(row.answered_at),
    }


def consultation_document(row: Consultation) -> dict[str, Any]:
    attachments = row.attachments.select_related("file")
    return summary(row) | {
        "background": row.background,
        "audience": row.audience,
        "contact": row.contact,
        "short_reason": row.short_reason,
        "withdrawn_reason": withdrawn_reason(row),
        "clauses": row.content["clauses"],
        "questions": row.content["questions"],
        "attachments": [
            {"id": one.public_id, "title": one.title, "mime": one.file.mime, "bytes": one.file.size}
            for one in attachments
        ],
    }


def report_document(row: Consultation) -> dict[str, Any]:
    found = report(row)
    return {
        "id": row.public_id,
        "title": row.title,
        "answers": found.answers,
        "overview": row.overview,
        "results": [_result(one) for one in found.results],
        "clauses": [{"key": key, "comments": count} for key, count in found.clauses.items()],
        "groups": [
            {
                "title": group.title,
                "size": group.size,  # type: ignore[attr-defined]
                "outcome": group.outcome,
                "outcome_label": Outcome(group.outcome).label,
                "reply": group.reply,
                "samples": _samples(row, group.pk),
            }
            for group in groups_of(row)
        ],
        "answered_at": _moment(row.answered_at),
    }


def _samples(row: Consultation, group: int) -> list[str]:
    """A few of a group's own words: shown ones only, different ones, in no order of time."""
    shown = Comment.objects.filter(consultation=row, group=group, state=CommentState.SHOWN)
    return [one.text for one in shown.order_by("digest", "id").distinct("digest")[:_SAMPLES]]


def _result(result: Result) -> dict[str, Any]:
    return {
        "key": result.key,
        "title": result.title,
        "kind": result.kind,
        "answered": result.answered,
        "rows": [
            {
                "key": row.key,
                "label": row.label,
                "answered": row.answered,
                "mean": row.mean,
                "bars": [
                    {"key": bar.key, "label": bar.label, "count": bar.count, "share": bar.share}
                    for bar in row.bars
                ],
            }
            for row in result.rows
        ],
    }


def _moment(value: Any) -> str | None:
    return None if value is None else value.astimezone(CHINA).isoformat(timespec="seconds")
