from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from zhijian.content.models.article import Article
from zhijian.content.spec import ArticleSpec


class Topic(models.Model):
    """主题: what articles are gathered and subscribed by."""

    slug = models.SlugField("代码", max_length=40, unique=True)
    name = models.CharField("名称", max_length=40, unique=True)
    name_en = models.CharField("英文名称", max_length=80, blank=True, default="")
    position = models.PositiveSmallIntegerField("顺序", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "主题"
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name


class Ending(models.TextChoices):
    REPLACED = "replaced", "有了新版本"
    REVOKED = "revoked", "撤回"
    EXPIRED = "expired", "到期"


class ArticleVersion(models.Model):
    """What people read, or read once: never changed, only ended. A trigger refuses the rest."""

    article = models.ForeignKey(Article, models.PROTECT, related_name="versions", verbose_name="文章")
    number = models.PositiveIntegerField("版本号")
    spec = models.JSONField("内容")
    content_hash = models.CharField("内容摘要", max_length=64)
    published_at = models.DateTimeField("发布时间")
    published_by = models.CharField("发布岗位", max_length=80)
    ended_at = models.DateTimeField("结束时间", null=True, blank=True)
    ended_as = models.CharField("结束方式", max_length=10, choices=Ending.choices, blank=True, default="")
    end_reason = models.CharField("原因", max_length=200, blank=True, default="")

    class Meta:
        verbose_name = verbose_name_plural = "文章版本"
        ordering = ["article", "-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["article", "number"], name="article_version_number_once"),
            models.UniqueConstraint(
                fields=["article"], condition=Q(ended_at=None), name="article_one_version_readable"
            ),
            models.CheckConstraint(
                name="article_version_end_whole",
                condition=Q(ended_at__isnull=True, ended_as="")
                | Q(ended_at__gte=F("published_at"), ended_as__in=Ending.values),
            ),
            models.CheckConstraint(
                name="article_revoked_with_reason", condition=~Q(ended_as=Ending.REVOKED) | ~Q(end_reason="")
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["-published_at"], name="article_version_newest", condition=Q(ended_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return f"{self.spec['title']} 第{self.number}版"

    def typed(self) -> ArticleSpec:
        return ArticleSpec.model_validate(self.spec)

    @property
    def label(self) -> dict[str, Any]:
        return {"number": self.number, "hash": self.content_hash}
