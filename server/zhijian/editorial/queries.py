"""Where a text stands in review, whatever it is, and who had a hand in it."""

from datetime import datetime
from typing import Any, cast

from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, CharField, Exists, Model, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Cast, Coalesce
from wagtail.models import DraftStateMixin, Revision, TaskState, WorkflowMixin, WorkflowState

from zhijian.editorial.desk import Row, desk_of
from zhijian.editorial.models import ReviewStep
from zhijian.editorial.rules import UNDER_REVIEW, Refusal, Stage, Standing, State, may_review
from zhijian.organizations.models import Staff
from zhijian.organizations.queries import departments_in_scope, holds
from zhijian.organizations.rules import Post


def with_state(rows: QuerySet[Row]) -> QuerySet[Row]:
    """Annotate ``state``, where the newest text of each row stands, so that a list needs no query for each."""
    desk = desk_of(rows.model)
    mine = {
        "base_content_type": ContentType.objects.get_for_model(rows.model),
        "object_id": Cast(OuterRef("pk"), CharField()),
    }
    stage = f"current_task_state__task__{desk.step._meta.model_name}__stage"
    steps = [
        When(**{"status": WorkflowState.STATUS_IN_PROGRESS, stage: at.value}, then=Value(state.value))
        for at, state in UNDER_REVIEW.items()
    ]
    review = WorkflowState.objects.active().filter(**mine).annotate(at=_case(*steps, default=State.REJECTED))
    scheduled = Revision.objects.filter(**mine, approved_go_live_at__isnull=False)
    quiet = _case(
        When(Exists(scheduled), then=Value(State.SCHEDULED.value)),
        When(live=True, has_unpublished_changes=False, then=Value(State.PUBLISHED.value)),
        When(live=True, then=Value(State.DRAFT.value)),
        *(When(condition, then=Value(state.value)) for condition, state in desk.ends),
        default=State.DRAFT,
    )
    found = rows.annotate(**desk.facts).annotate(state=Coalesce(Subquery(review.values("at")[:1]), quiet))
    return cast("QuerySet[Row]", found)


def _case(*conditions: When, default: State) -> Case:
    return Case(*conditions, default=Value(default.value), output_field=CharField())


def state_of(row: Model) -> State:
    """Where the newest text of ``row`` stands. One query."""
    rows = with_state(type(row)._default_manager.filter(pk=row.pk))
    return State(rows.order_by().values_list("state", flat=True).get())


def current_task_state(row: WorkflowMixin) -> TaskState | None:
    workflow = active_workflow(row)
    return workflow.current_task_state if workflow else None


def current_stage(row: WorkflowMixin) -> Stage | None:
    """The step of review under way; None when ``row`` isn't under review."""
    state = current_task_state(row)
    if state is None or state.status != TaskState.STATUS_IN_PROGRESS:
        return None
    task = state.task.specific
    return Stage(task.stage) if isinstance(task, ReviewStep) else None


def active_workflow(row: WorkflowMixin) -> WorkflowState | None:
    return (
        WorkflowState.objects.active()
        .for_instance(row)
        .select_related("current_task_state__task", "requested_by", "workflow")
        .first()
    )


def waiting_since(row: WorkflowMixin) -> datetime | None:
    """When the step under way began."""
    state = current_task_state(row)
    since: datetime | None = state.started_at if state else None
    return since


def scheduled(row: Model) -> QuerySet[Revision]:
    """The approved texts of ``row`` that wait for their time."""
    waiting: QuerySet[Revision] = Revision.objects.for_instance(row).filter(approved_go_live_at__isnull=False)
    return waiting


def standing(row: Any, staff: Staff) -> Standing:
    """How ``staff`` stands to ``row``."""
    workflow = active_workflow(row)
    return Standing(
        writer=holds(staff, desk_of(row).writer, department=row.department),
        reviewer=holds(staff, Post.REVIEWER, department=row.department),
        centre_reviewer=is_centre_reviewer(staff),
        author=_is_author(row, staff, workflow),
        passed_before=bool(workflow and _passed(workflow, staff)),
    )


def _is_author(row: DraftStateMixin, staff: Staff, workflow: WorkflowState | None) -> bool:
    """Whether ``staff`` wrote any part of what isn't published yet, or asked for its review."""
    written = row.revisions.filter(user=staff)
    if row.live_revision_id:
        written = written.filter(pk__gt=row.live_revision_id)
    return written.exists() or bool(workflow and workflow.requested_by_id == staff.pk)


def _passed(workflow: WorkflowState, staff: Staff) -> bool:
    passed: bool = workflow.task_states.filter(status=TaskState.STATUS_APPROVED, finished_by=staff).exists()
    return passed


def is_centre_reviewer(staff: Staff) -> bool:
    """Reviewer of the government service centre, whose second look every text gets."""
    centre = staff.department
    return bool(centre and centre.is_centre and holds(staff, Post.REVIEWER, department=centre))


def review_refusal(row: Any, *, stage: Stage | None, user: Any) -> Refusal | None:
    """Why ``user`` may not decide the ``stage`` of review at which ``row`` stands; None if they may."""
    if not isinstance(user, Staff) or not user.is_active:
        return Refusal.NOT_YOURS
    if stage is None or current_stage(row) != stage:
        return Refusal.WRONG_STATE
    return may_review(UNDER_REVIEW[stage], standing(row, user))


def decidable(rows: QuerySet[Row], staff: Staff) -> list[Row]:
    """Those of ``rows`` whose step under way this reviewer may decide now."""
    reviewing = with_state(rows).filter(state__in=UNDER_REVIEW.values())
    return [
        row for row in reviewing if not review_refusal(row, stage=current_stage(cast("Any", row)), user=staff)
    ]


def returned(rows: QuerySet[Row], staff: Staff) -> QuerySet[Row]:
    """Those of ``rows`` that were sent back to the departments for which ``staff`` writes."""
    written = rows.filter(department__in=departments_in_scope(staff, desk_of(rows.model).writer))
    return with_state(written).filter(state=State.REJECTED)
