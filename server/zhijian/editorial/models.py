"""What a text that passes review is to Wagtail, and the two steps of its review as workflow tasks."""

from typing import Any, ClassVar

from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from modelcluster.models import ClusterableModel
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    Revision,
    RevisionMixin,
    Task,
    TaskState,
    WorkflowMixin,
)

from zhijian.editorial.desk import desk_of
from zhijian.editorial.rules import Refusal, Stage


def _of_text(model: Any) -> GenericRelation:
    return GenericRelation(
        model, content_type_field="base_content_type", object_id_field="object_id", for_concrete_model=False
    )


class Reviewed(WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, ClusterableModel):
    """Drafts live in revisions; the row holds what was published last (or the first draft)."""

    #: No page asks "where is this used"; keeping Wagtail's index of it would triple the cost of every save.
    wagtail_reference_index_ignore = True

    revisions = _of_text(Revision)
    workflow_states = _of_text("wagtailcore.WorkflowState")

    class Meta:
        abstract = True

    @classmethod
    def get_default_workflow(cls) -> Any:
        """Every text passes the same two steps; no administrator has to assign them."""
        return desk_of(cls).workflow()

    def publish(self, revision: Any, user: Any = None, **options: Any) -> None:
        """Wagtail's last step of a review and of a schedule; the desk makes what people read."""
        desk_of(self).publish(self, revision, user, options)

    def unpublish(
        self, set_expired: bool = False, commit: bool = True, user: Any = None, **options: Any
    ) -> None:
        """Wagtail calls this when the planned end has come; staff end a text with a reason (see actions)."""
        desk_of(self).expire(self, user)

    def put_live(self, revision: Any, **options: Any) -> None:
        """Wagtail's own part of publication."""
        super().publish(revision, skip_permission_checks=True, **options)

    def take_down(self, **options: Any) -> None:
        """Wagtail's own part of unpublication."""
        super().unpublish(user=None, **options)


class ReviewStep(Task):
    """One step of review; what is reviewed cannot be edited while it is under way."""

    stage = models.CharField("审核环节", max_length=20, choices=Stage.choices, unique=True)

    admin_form_fields: ClassVar = [*Task.admin_form_fields, "stage"]

    class Meta:
        abstract = True

    @classmethod
    def get_description(cls) -> str:
        return "由本部门审核员或政务服务中心审核员审核"

    def _refusal(self, row: Any, user: Any) -> Refusal | None:
        return desk_of(row).step_refusal(row, Stage(self.stage), user)

    def user_can_access_editor(self, obj: Any, user: Any) -> bool:
        return bool(self.get_actions(obj, user))

    def locked_for_user(self, obj: Any, user: Any) -> bool:
        return True

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, str, bool]]:
        if self._refusal(obj, user):
            return []
        return [
            ("reject", "退回修改", True),
            ("approve", "审核通过", False),
            ("approve", "审核通过并填写意见", True),
        ]

    def on_action(self, task_state: TaskState, user: Any, action_name: str, **options: Any) -> None:
        row = task_state.workflow_state.content_object
        comment = options.get("comment", "")
        if action_name == "approve":
            desk_of(row).approve(user.actor, row, comment=comment)
        elif action_name == "reject":
            desk_of(row).reject(user.actor, row, reason=comment)

    def get_task_states_user_can_moderate(self, user: Any, **options: Any) -> Any:
        waiting = self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS)
        mine = [
            state.pk
            for state in waiting.select_related("workflow_state")
            if not self._refusal(state.workflow_state.content_object, user)
        ]
        return TaskState.objects.filter(pk__in=mine)
