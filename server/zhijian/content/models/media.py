from typing import ClassVar

from django.db import models
from django.db.models import Q

from zhijian.content.codes import MediaKind
from zhijian.core.fields import PublicIdField
from zhijian.core.files.models import StoredFile


class Media(models.Model):
    """A picture, video or paper for articles. A picture has words for who cannot see it, a video for who cannot hear.

    ``width`` and ``height`` in pixels of the public picture; ``captions`` is WebVTT.
    """

    public_id = PublicIdField()
    kind = models.CharField("类型", max_length=10, choices=MediaKind.choices)
    name = models.CharField("名称", max_length=120)
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="+", verbose_name="文件")
    alt = models.CharField("图片说明", max_length=200, blank=True, default="")
    captions = models.TextField("字幕", blank=True, default="")
    width = models.PositiveSmallIntegerField("宽", null=True, blank=True)
    height = models.PositiveSmallIntegerField("高", null=True, blank=True)
    department = models.ForeignKey(
        "organizations.Department", models.PROTECT, related_name="+", verbose_name="部门"
    )
    created_at = models.DateTimeField("上传时间")

    class Meta:
        verbose_name = verbose_name_plural = "图片、视频和附件"
        ordering = ["-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(name="media_kind_known", condition=Q(kind__in=MediaKind.values)),
            models.CheckConstraint(
                name="media_picture_is_described", condition=~Q(kind=MediaKind.IMAGE) | ~Q(alt="")
            ),
            models.CheckConstraint(
                name="media_video_is_captioned", condition=~Q(kind=MediaKind.VIDEO) | ~Q(captions="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}：{self.name}"
