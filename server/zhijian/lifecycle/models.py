"""What life cycles store alike. Abstract: each domain has tables of its own."""

from django.conf import settings
from django.db import models

from zhijian.core.fields import EncryptedText


class ExtensionRequest(models.Model):
    """延期: a request for a later end, of the row that the domain's foreign key names (related name ``extensions``)."""

    class Status(models.TextChoices):
        PENDING = "pending", "待审批"
        APPROVED = "approved", "已批准"
        DENIED = "denied", "未批准"
        RECALLED = "recalled", "已撤回"

    days = models.PositiveSmallIntegerField("工作日")
    reason = EncryptedText("理由")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField("申请时间")
    status = models.CharField("状态", max_length=8, choices=Status.choices, default=Status.PENDING)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField("审批时间", null=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"延期{self.days}个工作日"
