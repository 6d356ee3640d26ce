"""Which comments are shown."""

from collections.abc import Collection

from django.db import transaction

from zhijian.consultations import errors
from zhijian.consultations.actions import turn
from zhijian.consultations.events import CommentsModerated
from zhijian.consultations.models import Comment, Consultation
from zhijian.consultations.rules.moderation import CommentState, HiddenReason
from zhijian.consultations.rules.table import Action
from zhijian.core.actor import Actor
from zhijian.core.errors import FieldError
from zhijian.core.events import emit

AT_ONCE = 200


@transaction.atomic
def moderate(
    actor: Actor, *, consultation: Consultation, comment_ids: Collection[str], show: bool, reason: str = ""
) -> int:
    """Show or hide these comments, also such as were decided before; returns how many.

    A hidden one leaves its group only if it is shown no more to be answered: it stays, for its author is answered too.
    Raises HideReasonNeeded, CommentUnknown.
    """
    begun = turn.begin(actor, consultation, Action.MODERATE)
    if not show and reason not in HiddenReason.values:
        raise errors.HideReasonNeeded(
            fields=[FieldError("/reason", "required", errors.HideReasonNeeded.title)]
        )
    wanted = set(list(comment_ids)[:AT_ONCE])
    state = CommentState.SHOWN if show else CommentState.HIDDEN
    count = Comment.objects.filter(consultation=begun.row, pk__in=wanted).update(
        state=state, reason="" if show else reason
    )
    if not wanted or count < len(wanted):
        raise errors.CommentUnknown
    turn.finish(begun, facts={"comments": sorted(wanted), "state": state.value, "reason": reason})
    emit(CommentsModerated(begun.row.public_id, shown=count if show else 0, hidden=0 if show else count))
    return count
