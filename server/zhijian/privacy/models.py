"""Who looked at whose personal data, in which post and why. The citizen can read it (PIPL art. 44)."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from zhijian.core.fields import EncryptedText
from zhijian.identity.models import Citizen
from zhijian.organizations.models import Department, Staff
from zhijian.organizations.rules import Post


class AccessRecord(models.Model):
    """One reveal of masked data to one member of staff."""

    citizen = models.ForeignKey(Citizen, models.CASCADE, related_name="access_records")
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="access_records")
    post = models.CharField("岗位", max_length=20, choices=Post.choices)
    department = models.ForeignKey(Department, models.PROTECT, null=True, related_name="+")
    fields = ArrayField(models.CharField(max_length=20), verbose_name="查看内容")
    reason = EncryptedText("理由")  # free words of an officer may name the person
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "个人信息查看记录"
        indexes = [models.Index(name="access_by_citizen", fields=["citizen", "-at", "-id"])]

    def __str__(self) -> str:
        return f"{self.pk}"
