"""The two steps of review as Wagtail workflow tasks. Who may act is decided by :mod:`zhijian.content.rules`."""

from typing import Any, ClassVar

from django.db import models
from wagtail.models import Task, TaskState


class Stage(models.TextChoices):
    DEPARTMENT = "department", "部门审核"
    CENTRE = "centre", "政务服务中心审核"


class ArticleReview(Task):
    """One step of review; the article cannot be edited while it is under way."""

    stage = models.CharField("审核环节", max_length=20, choices=Stage.choices, unique=True)

    admin_form_fields: ClassVar = [*Task.admin_form_fields, "stage"]

    class Meta:
        verbose_name = verbose_name_plural = "文章审核环节"

    def user_can_access_editor(self, obj: Any, user: Any) -> bool:
        return bool(self.get_actions(obj, user))

    def locked_for_user(self, obj: Any, user: Any) -> bool:
        return True

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, str, bool]]:
        from zhijian.content.queries import review_refusal

        if review_refusal(obj, stage=Stage(self.stage), staff=user):
            return []
        return [
            ("reject", "退回修改", True),
            ("approve", "审核通过", False),
            ("approve", "审核通过并填写意见", True),
        ]

    def on_action(self, task_state: TaskState, user: Any, action_name: str, **options: Any) -> None:
        from zhijian.content.actions import review

        article = task_state.workflow_state.content_object
        if action_name == "approve":
            review.approve(user.actor, article=article, comment=options.get("comment", ""))
        elif action_name == "reject":
            review.reject(user.actor, article=article, reason=options.get("comment", ""))

    def get_task_states_user_can_moderate(self, user: Any, **options: Any) -> Any:
        from zhijian.content.queries import review_refusal

        waiting = self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS)
        mine = [
            state.pk
            for state in waiting.select_related("workflow_state")
            if not review_refusal(state.workflow_state.content_object, stage=Stage(self.stage), staff=user)
        ]
        return TaskState.objects.filter(pk__in=mine)
