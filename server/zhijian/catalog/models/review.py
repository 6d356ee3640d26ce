"""The two steps of an item's review. Who may act is decided by :mod:`zhijian.catalog.rules`."""

from typing import Any

from zhijian.core.actor import Actor
from zhijian.editorial.models import ReviewStep, Stage


class ReviewTask(ReviewStep):
    class Meta:
        verbose_name = verbose_name_plural = "事项审核环节"

    def refusal(self, row: Any, user: Any) -> str | None:
        from zhijian.catalog.queries import review_refusal

        return review_refusal(row, stage=Stage(self.stage), staff=user)

    def pass_on(self, actor: Actor, row: Any, comment: str) -> None:
        from zhijian.catalog.actions import review

        review.approve(actor, item=row, comment=comment)

    def send_back(self, actor: Actor, row: Any, reason: str) -> None:
        from zhijian.catalog.actions import review

        review.reject(actor, item=row, reason=reason)

    @classmethod
    def get_description(cls) -> str:
        return "由本部门审核员或政务服务中心审核员审核事项"
