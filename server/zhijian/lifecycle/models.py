"""What life cycles store alike. Abstract: each domain has tables of its own."""

from django.conf import settings
from django.db import models

from zhijian.core.clock import now
from zhijian.core.fields import EncryptedText


class Step(models.Model):
    """One thing done to the row that the domain's foreign key names (related name ``steps``). Give it an append-only
    trigger. ``actor_label`` names a post, never a person; ``note`` may hold what was said: sealed."""

    action = models.CharField("动作", max_length=20)
    from_state = models.CharField(max_length=12)
    to_state = models.CharField(max_length=12)
    actor_key = models.CharField(max_length=40)
    actor_label = models.CharField("办理人", max_length=60)
    note = EncryptedText("说明", default=str)
    at = models.DateTimeField("时间", default=now)

    class Meta:
        abstract = True
        ordering = ["id"]

    def __str__(self) -> str:
        return self.action


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
