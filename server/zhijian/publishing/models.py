from typing import ClassVar

from django.db import models
from django.db.models import Q

from zhijian.core.files.models import StoredFile

JSON = ".json"


class PublishedDocument(models.Model):
    """A compiled document. The row is the truth; the files under PUBLIC_ROOT are made from it, on every node.

    ``suffix`` tells what the bytes are: JSON for programs, or a page, a feed, a style, a picture for people.
    """

    key = models.CharField("键", max_length=100)
    suffix = models.CharField("后缀", max_length=8, default=JSON)
    hash = models.CharField("SHA-256", max_length=64)
    bytes = models.PositiveIntegerField("字节数")
    body = models.BinaryField("内容（gzip）")
    current = models.BooleanField("当前", default=True)
    published_at = models.DateTimeField("发布时间")
    purged = models.BooleanField("已清除", default=False, help_text="内容收回，旧地址不再提供")

    class Meta:
        verbose_name = verbose_name_plural = "已发布文件"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["key", "suffix", "hash"], name="document_version_once"),
            models.UniqueConstraint(
                fields=["key", "suffix"], condition=Q(current=True), name="document_one_current"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key}.{self.hash[:12]}"

    @property
    def path(self) -> str:
        """Below PUBLIC_ROOT; the address is ``/public/`` before it."""
        return f"{self.key}.{self.hash[:12]}{self.suffix}"


class PublishedFile(models.Model):
    """A public copy of a stored file. ``path`` (below PUBLIC_ROOT) holds its hash, so that it never changes.

    ``preview``: the copy is of the file's smaller picture. Once no longer ``current`` the copy is removed.
    """

    path = models.CharField("路径", max_length=100, unique=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name="文件")
    preview = models.BooleanField("缩小的图片", default=False)
    hash = models.CharField("SHA-256", max_length=64)
    bytes = models.PositiveIntegerField("字节数")
    current = models.BooleanField("当前", default=True)

    class Meta:
        verbose_name = verbose_name_plural = "公开的文件"

    def __str__(self) -> str:
        return self.path
