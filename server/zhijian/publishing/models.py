from typing import ClassVar

from django.db import models
from django.db.models import Q


class PublishedDocument(models.Model):
    """A compiled document. The row is the truth; the files under PUBLIC_ROOT are made from it, on every node."""

    key = models.CharField("键", max_length=100)
    hash = models.CharField("SHA-256", max_length=64)
    bytes = models.PositiveIntegerField("字节数")
    body = models.BinaryField("内容（gzip）")
    current = models.BooleanField("当前", default=True)
    published_at = models.DateTimeField("发布时间")

    class Meta:
        verbose_name = verbose_name_plural = "已发布文件"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["key", "hash"], name="document_version_once"),
            models.UniqueConstraint(fields=["key"], condition=Q(current=True), name="document_one_current"),
        ]

    def __str__(self) -> str:
        return f"{self.key}.{self.hash[:12]}"

    @property
    def path(self) -> str:
        """Below PUBLIC_ROOT; the address is ``/public/`` before it."""
        return f"{self.key}.{self.hash[:12]}.json"
