"""Tables of the base: what belongs to this database, the working calendar, answered requests, held papers."""

from django.db import models

from zhijian.core.fields import EncryptedJSON, EncryptedText, PublicIdField
from zhijian.core.files.models import StoredFile

__all__ = [
    "CalendarDay",
    "CalendarVersion",
    "CalendarYear",
    "HeldPaper",
    "IdempotencyRecord",
    "Installation",
    "StoredFile",
]


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


class CalendarVersion(models.Model):
    """A year as it was entered at one time. Append-only: what deadlines were once computed from stays provable.

    ``days`` are [{"date", "working", "name"}]; ``before`` is the same of what it replaced, None for a first entry.
    ``settled_at``: since when everything that was computed from ``before`` follows ``days``.
    """

    class Origin(models.TextChoices):
        LIBRARY = "library", "随软件提供"
        PAGE = "page", "管理员录入"
        COMMAND = "command", "命令载入"

    year = models.PositiveSmallIntegerField("年度")
    number = models.PositiveSmallIntegerField("第几版")
    provisional = models.BooleanField("暂定")
    title = models.CharField("依据", max_length=200)
    document_number = models.CharField("文号", max_length=60, blank=True, default="")
    issued_on = models.DateField("发文日期", null=True)
    url = models.URLField("网址", max_length=300, blank=True, default="")
    days = models.JSONField(default=list)
    before = models.JSONField(null=True)
    before_provisional = models.BooleanField(default=False)
    origin = models.CharField("来源", max_length=8, choices=Origin.choices)
    actor_kind = models.CharField(max_length=10)
    actor_key = models.CharField(max_length=40)
    actor_label = models.CharField("录入人", max_length=80)
    at = models.DateTimeField("录入时间")
    settled_at = models.DateTimeField("重算完成", null=True)
    effects = models.JSONField("重算结果", default=dict)

    class Meta:
        verbose_name = verbose_name_plural = "工作日历版本"
        constraints = [models.UniqueConstraint(fields=["year", "number"], name="calendar_version_once")]

    def __str__(self) -> str:
        return f"{self.year}年第{self.number}版"


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


class HeldPaper(models.Model):
    """A document that could not be sealed because no font has one of its characters. Gone once it is made.

    ``kind`` is ``licence`` or ``case.receipt`` and its like, ``reference`` the public id of the licence or case.
    """

    kind = models.CharField("种类", max_length=40)
    reference = models.CharField("所属", max_length=26)
    missing = EncryptedText("缺少的字")
    held_since = models.DateTimeField("自", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "未能生成的文书"
        constraints = [models.UniqueConstraint(name="core_paper_held_once", fields=["reference", "kind"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.reference}"


class Installation(models.Model):
    """One row: fingerprints of the keys that this database's values lie under, and the id that its file store carries.

    ``sweep`` says what became of the last sweep of the store.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    public_id = PublicIdField()
    index_key = models.CharField("索引密钥指纹", max_length=32)
    data_keys = models.JSONField("数据密钥指纹")
    sweep = models.JSONField("上次清理文件", null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "本系统"
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="installation_one_row")]
