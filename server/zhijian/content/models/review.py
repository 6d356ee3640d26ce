"""The two steps of an article's review. Who may act is decided by :mod:`zhijian.content.rules`."""

from typing import Any

from zhijian.core.actor import Actor
from zhijian.editorial.models import ReviewStep, Stage


class ArticleReview(ReviewStep):
    class Meta:
        verbose_name = verbose_name_plural = "文章审核环节"

    def refusal(self, row: Any, user: Any) -> str | None:
        from zhijian.content.queries import review_refusal

        return review_refusal(row, stage=Stage(self.stage), staff=user)

    def pass_on(self, actor: Actor, row: Any, comment: str) -> None:
        from zhijian.content.actions import review

        review.approve(actor, article=row, comment=comment)

    def send_back(self, actor: Actor, row: Any, reason: str) -> None:
        from zhijian.content.actions import review

        review.reject(actor, article=row, reason=reason)
