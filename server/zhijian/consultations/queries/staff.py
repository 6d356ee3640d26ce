"""What staff read. :func:`visible_to` is the one row scope; every other read here starts from it."""

from dataclasses import dataclass

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from zhijian.audit.actions import in_scope
from zhijian.consultations import errors
from zhijian.consultations.models import Answer, Comment, CommentGroup, Consultation, Step
from zhijian.consultations.rules.moderation import CommentState, Outcome
from zhijian.consultations.rules.states import State, phase
from zhijian.consultations.rules.table import Action, Facts
from zhijian.core.clock import now
from zhijian.core.pagination import Page, paginate
from zhijian.organizations.models import Staff
from zhijian.organizations.queries import departments_in_scope
from zhijian.organizations.rules import Post

POSTS = (Post.EDITOR, Post.REVIEWER)
PREPARING = ("opened", Action.EDIT.value, Action.SUBMIT.value)
ANSWERING = (Action.GROUP.value, Action.SUBMIT_FEEDBACK.value)


def visible_to(staff: Staff) -> QuerySet[Consultation]:
    """Consultations of the departments that ``staff`` covers as editor or reviewer; discarded drafts are nobody's."""
    found = Consultation.objects.exclude(state=State.DISCARDED)
    return found.filter(department__in=departments_in_scope(staff, *POSTS))


def listed(staff: Staff, *, state: str = "", cursor: str | None = None, size: int = 20) -> Page[Consultation]:
    """The newest first. One query."""
    found = visible_to(staff).select_related("department").defer("background", "content", "overview")
    if state in State.values:
        found = found.filter(state=state)
    return paginate(found, order=("-created_at", "-id"), cursor=cursor, size=size)


def one(staff: Staff, public_id: str) -> Consultation:
    """Raises ConsultationNotFound; reaching beyond one's scope is audited."""
    rows = visible_to(staff).select_related("department__region")
    return in_scope(rows, staff.actor, public_id, kind="consultation", not_found=errors.ConsultationNotFound)


def facts_of(consultation: Consultation, staff: Staff | None) -> Facts:
    """What the guards look at: two queries, three once comments may be there."""
    key = staff.public_id if staff else ""
    mine = set(Step.objects.filter(consultation=consultation, actor_key=key).values_list("action", flat=True))
    work = open_work(consultation)
    return Facts(
        phase=phase(consultation.state, consultation.opens_at, consultation.closes_at, now()),
        prepared_by_self=bool(mine & set(PREPARING)),
        feedback_by_self=bool(mine & set(ANSWERING)),
        pending=work.pending,
        ungrouped=work.ungrouped,
        unanswered_groups=work.unanswered_groups,
        overview=bool(consultation.overview),
    )


@dataclass(frozen=True, slots=True)
class OpenWork:
    """What is left to do; counts of comments, and of groups without an answer."""

    answers: int = 0
    pending: int = 0
    shown: int = 0
    hidden: int = 0
    ungrouped: int = 0
    unanswered_groups: int = 0


def open_work(consultation: Consultation) -> OpenWork:
    """Three queries; none for what nobody could answer yet."""
    if consultation.state in (State.DRAFT, State.REVIEWING):
        return OpenWork()
    shown = Q(state=CommentState.SHOWN)
    counts = Comment.objects.filter(consultation=consultation).aggregate(
        pending=Count("pk", filter=Q(state=CommentState.PENDING)),
        shown=Count("pk", filter=shown),
        hidden=Count("pk", filter=Q(state=CommentState.HIDDEN)),
        ungrouped=Count("pk", filter=shown & Q(group=None)),
    )
    groups = CommentGroup.objects.filter(consultation=consultation, outcome=Outcome.OPEN).count()
    answers = Answer.objects.filter(consultation=consultation).count()
    return OpenWork(answers=answers, unanswered_groups=groups, **counts)


def waiting_comments(staff: Staff) -> QuerySet[Comment]:
    """Comments that wait for this editor."""
    covered = departments_in_scope(staff, Post.EDITOR)
    return Comment.objects.filter(
        consultation__department__in=covered,
        consultation__state=State.PUBLISHED,
        state=CommentState.PENDING,
    )


def waiting_for_editor(staff: Staff) -> QuerySet[Consultation]:
    """Drafts that were sent back, and consultations that are over and not answered yet."""
    covered = departments_in_scope(staff, Post.EDITOR)
    last = Step.objects.filter(consultation=OuterRef("pk")).order_by("-id").values("action")[:1]
    returned = Q(state=State.DRAFT, last_action=Action.SEND_BACK.value)
    over = Q(state=State.PUBLISHED, closes_at__lt=now())
    found = Consultation.objects.filter(department__in=covered).annotate(last_action=Subquery(last))
    return found.filter(returned | over)


def waiting_for_reviewer(staff: Staff) -> QuerySet[Consultation]:
    """Consultations and feedback that wait for this reviewer."""
    covered = departments_in_scope(staff, Post.REVIEWER)
    waiting = (State.REVIEWING, State.FEEDBACK_REVIEWING)
    return Consultation.objects.filter(department__in=covered, state__in=waiting)
