"""Where a text stands in review, whatever it is, and who had a hand in it."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, TypeVar, cast

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Exists, Model, OuterRef, QuerySet, Subquery
from django.db.models.functions import Cast
from wagtail.models import DraftStateMixin, Revision, TaskState, WorkflowMixin, WorkflowState

from zhijian.editorial.models import ReviewStep, Stage
from zhijian.editorial.rules import Standing
from zhijian.organizations.models import Department, Staff
from zhijian.organizations.queries import holds
from zhijian.organizations.rules import Post

Row = TypeVar("Row", bound=Model)


def current_stage(row: WorkflowMixin) -> Stage | None:
    """The step of review under way; None when ``row`` isn't under review."""
    state = current_task_state(row)
    if state is None or state.status != TaskState.STATUS_IN_PROGRESS:
        return None
    task = state.task.specific
    return Stage(task.stage) if isinstance(task, ReviewStep) else None


def current_task_state(row: WorkflowMixin) -> TaskState | None:
    workflow = active_workflow(row)
    return workflow.current_task_state if workflow else None


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


def is_scheduled(row: DraftStateMixin) -> bool:
    """Whether an approved text waits for its time."""
    return scheduled(row).exists()


def scheduled(row: Model) -> QuerySet[Revision]:
    """The approved texts of ``row`` that wait for their time."""
    waiting: QuerySet[Revision] = Revision.objects.for_instance(row).filter(approved_go_live_at__isnull=False)
    return waiting


def is_author(row: DraftStateMixin, staff: Staff, workflow: WorkflowState | None) -> bool:
    """Whether ``staff`` wrote any part of what isn't published yet, or asked for its review."""
    written = row.revisions.filter(user=staff)
    if row.live_revision_id:
        written = written.filter(pk__gt=row.live_revision_id)
    return written.exists() or bool(workflow and workflow.requested_by_id == staff.pk)


def standing_of(row: Any, staff: Staff, *, department: Department, writer: Post) -> Standing:
    """How ``staff`` stands to ``row``, a text of ``department`` that holders of the post ``writer`` write."""
    workflow = active_workflow(row)
    return Standing(
        writer=holds(staff, writer, department=department),
        reviewer=holds(staff, Post.REVIEWER, department=department),
        centre_reviewer=is_centre_reviewer(staff),
        author=is_author(row, staff, workflow),
        passed_before=bool(workflow and _passed(workflow, staff)),
    )


def _passed(workflow: WorkflowState, staff: Staff) -> bool:
    passed: bool = workflow.task_states.filter(status=TaskState.STATUS_APPROVED, finished_by=staff).exists()
    return passed


def is_centre_reviewer(staff: Staff) -> bool:
    """Reviewer of the government service centre, whose second look every text gets."""
    centre = staff.department
    return bool(centre and centre.is_centre and holds(staff, Post.REVIEWER, department=centre))


def decidable(rows: Iterable[Row], refusal: Callable[[Row, Stage], str | None]) -> list[Row]:
    """Those of ``rows`` whose step under way this reviewer may decide now."""
    found = []
    for row in rows:
        stage = current_stage(row)
        if stage and refusal(row, stage) is None:
            found.append(row)
    return found


def with_review(rows: QuerySet[Row], step: type[ReviewStep]) -> QuerySet[Row]:
    """Annotate where each row stands in review, so that a list needs no query for each."""
    kind = ContentType.objects.get_for_model(rows.model)
    mine = {"base_content_type": kind, "object_id": Cast(OuterRef("pk"), CharField())}
    active = WorkflowState.objects.active().filter(**mine)
    stage = f"current_task_state__task__{step._meta.model_name}__stage"
    annotated = rows.annotate(
        review_status=Subquery(active.values("status")[:1]),
        review_stage=Subquery(active.values(stage)[:1]),
        is_scheduled=Exists(Revision.objects.filter(**mine, approved_go_live_at__isnull=False)),
    )
    return cast("QuerySet[Row]", annotated)
