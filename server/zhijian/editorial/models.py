"""The two steps of review as Wagtail workflow tasks. Who may act is decided by the rules of each domain."""

from typing import Any, ClassVar

from django.db import models
from wagtail.models import Task, TaskState

from zhijian.core.actor import Actor


class Stage(models.TextChoices):
    DEPARTMENT = "department", "部门审核"
    CENTRE = "centre", "政务服务中心审核"


class ReviewStep(Task):
    """One step of review; what is reviewed cannot be edited while it is under way."""

    stage = models.CharField("审核环节", max_length=20, choices=Stage.choices, unique=True)

    admin_form_fields: ClassVar = [*Task.admin_form_fields, "stage"]

    class Meta:
        abstract = True

    def refusal(self, row: Any, user: Any) -> str | None:
        """Why ``user`` may not decide this step for ``row``; None if they may."""
        raise NotImplementedError

    def pass_on(self, actor: Actor, row: Any, comment: str) -> None:
        raise NotImplementedError

    def send_back(self, actor: Actor, row: Any, reason: str) -> None:
        raise NotImplementedError

    def user_can_access_editor(self, obj: Any, user: Any) -> bool:
        return bool(self.get_actions(obj, user))

    def locked_for_user(self, obj: Any, user: Any) -> bool:
        return True

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, str, bool]]:
        if self.refusal(obj, user):
            return []
        return [
            ("reject", "退回修改", True),
            ("approve", "审核通过", False),
            ("approve", "审核通过并填写意见", True),
        ]

    def on_action(self, task_state: TaskState, user: Any, action_name: str, **options: Any) -> None:
        row = task_state.workflow_state.content_object
        if action_name == "approve":
            self.pass_on(user.actor, row, options.get("comment", ""))
        elif action_name == "reject":
            self.send_back(user.actor, row, options.get("comment", ""))

    def get_task_states_user_can_moderate(self, user: Any, **options: Any) -> Any:
        waiting = self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS)
        mine = [
            state.pk
            for state in waiting.select_related("workflow_state")
            if not self.refusal(state.workflow_state.content_object, user)
        ]
        return TaskState.objects.filter(pk__in=mine)
