"""Grouping comments, answering the groups, and publishing what came of them 采纳情况反馈."""

from collections.abc import Collection

from django.db import transaction

from zhijian.audit.actions import record
from zhijian.consultations import documents, errors
from zhijian.consultations.actions import turn
from zhijian.consultations.actions.severing import sever
from zhijian.consultations.events import ConsultationFeedbackPublished
from zhijian.consultations.models import Comment, CommentGroup, Consultation
from zhijian.consultations.rules.moderation import Outcome
from zhijian.consultations.rules.table import Action
from zhijian.core.actor import Actor
from zhijian.core.clock import now
from zhijian.core.errors import FieldError
from zhijian.core.events import emit


@transaction.atomic
def make_group(actor: Actor, *, consultation: Consultation, title: str) -> CommentGroup:
    """Raises GroupWrong without a title."""
    begun = turn.begin(actor, consultation, Action.GROUP)
    group = CommentGroup.objects.create(consultation=begun.row, title=_title(title))
    turn.finish(begun, facts={"group": group.public_id})
    return group


@transaction.atomic
def answer_group(
    actor: Actor, *, consultation: Consultation, group_id: str, title: str, outcome: str, reply: str
) -> CommentGroup:
    """Adopted, partly or not, and why. Raises GroupUnknown, GroupWrong."""
    begun = turn.begin(actor, consultation, Action.GROUP)
    group = _group(begun.row, group_id)
    reply = reply.strip()
    if outcome not in Outcome.values or (outcome != Outcome.OPEN and not reply) or len(reply) > 2_000:
        raise errors.GroupWrong(fields=[FieldError("/reply", "required", errors.GroupWrong.title)])
    group.title, group.outcome, group.reply = _title(title), outcome, reply
    group.save()
    turn.finish(begun, facts={"group": group.public_id, "outcome": outcome})
    return group


@transaction.atomic
def remove_group(actor: Actor, *, consultation: Consultation, group_id: str) -> None:
    """Its comments are without a group again."""
    begun = turn.begin(actor, consultation, Action.GROUP)
    _group(begun.row, group_id).delete()
    turn.write_step(begun.row, begun.actor, Action.GROUP)
    record(
        begun.actor,
        "consultation.group_removed",
        subject=turn.subject(begun.row),
        facts={"group": group_id},
    )


@transaction.atomic
def assign(actor: Actor, *, consultation: Consultation, comment_ids: Collection[str], group_id: str) -> int:
    """Put comments, and all that say the same, into a group ("" takes them out); returns how many."""
    begun = turn.begin(actor, consultation, Action.GROUP)
    row = begun.row
    group = _group(row, group_id) if group_id else None
    chosen = Comment.objects.filter(consultation=row, pk__in=set(comment_ids))
    same = list(chosen.values_list("digest", flat=True))
    if not same or len(same) < len(set(comment_ids)):
        raise errors.CommentUnknown
    count = Comment.objects.filter(consultation=row, digest__in=same).update(group=group)
    turn.finish(begun, facts={"group": group_id, "comments": count})
    return count


@transaction.atomic
def save_overview(actor: Actor, *, consultation: Consultation, overview: str) -> Consultation:
    """The words that stand before the groups. Raises GroupWrong when too long."""
    begun = turn.begin(actor, consultation, Action.GROUP)
    if len(overview) > 5_000:
        raise errors.GroupWrong("反馈总述最多5000个字，请缩短")
    begun.row.overview = overview.strip()
    return turn.finish(begun)


@transaction.atomic
def submit_feedback(actor: Actor, *, consultation: Consultation) -> Consultation:
    """Raises NotNow while anything is unmoderated, ungrouped or unanswered."""
    return turn.finish(turn.begin(actor, consultation, Action.SUBMIT_FEEDBACK))


@transaction.atomic
def send_back_feedback(
    actor: Actor, *, consultation: Consultation, reason: str, seen: str | None = None
) -> Consultation:
    return turn.finish(turn.begin(actor, consultation, Action.SEND_BACK_FEEDBACK, reason=reason, seen=seen))


@transaction.atomic
def publish_feedback(actor: Actor, *, consultation: Consultation, seen: str | None = None) -> Consultation:
    """The report goes out, those who asked are told, and no answer leads to its author any more."""
    begun = turn.begin(actor, consultation, Action.PUBLISH_FEEDBACK, seen=seen)
    row = begun.row
    row.answered_at = now()
    sever(begun.actor, row)
    turn.finish(begun)
    documents.publish_report(row)
    documents.publish_consultation(row)
    emit(ConsultationFeedbackPublished(row.public_id))
    return row


def _group(row: Consultation, group_id: str) -> CommentGroup:
    found = CommentGroup.objects.filter(consultation=row, public_id=group_id).first()
    if found is None:
        raise errors.GroupUnknown
    return found


def _title(title: str) -> str:
    title = title.strip()
    if not 0 < len(title) <= 200:
        raise errors.GroupWrong(fields=[FieldError("/title", "required", errors.GroupWrong.title)])
    return title
