"""Tables of the base: the working calendar and answered requests (files have their own package)."""

from django.db import models

from zhijian.core.fields import EncryptedJSON
from zhijian.core.files.models import StoredFile

__all__ = ["CalendarDay", "CalendarYear", "IdempotencyRecord", "StoredFile"]


class CalendarYear(models.Model):
    """A year whose working days are known. ``provisional`` until the State Council's notice is entered."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    source = models.CharField(max_length=200)
    provisional = models.BooleanField(default=False)

    class Meta:
        verbose_name = verbose_name_plural = "工作日历年度"


class CalendarDay(models.Model):
    """A day that differs from the week's rhythm: a holiday, or a make-up working day 调休."""

    date = models.DateField(primary_key=True)
    working = models.BooleanField()
    name = models.CharField(max_length=40)

    class Meta:
        verbose_name = verbose_name_plural = "工作日历"


class IdempotencyRecord(models.Model):
    """The answer that a create got, so that a repeated request gets the same one."""

    actor = models.CharField(max_length=40)
    key = models.CharField(max_length=80)
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    body = EncryptedJSON(null=True)
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["actor", "key"], name="core_idempotency_once")]
