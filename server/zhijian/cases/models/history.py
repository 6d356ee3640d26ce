"""What happened to a case: steps (append-only), pauses, the one correction, extensions."""

from django.db import models
from django.db.models import Q

from zhijian.cases.models.case import Case
from zhijian.cases.rules.acts import Action
from zhijian.cases.rules.deadlines import EXTENSION_DAYS
from zhijian.cases.rules.grounds import Ground
from zhijian.cases.rules.states import State
from zhijian.core.fields import EncryptedText
from zhijian.lifecycle.models import ExtensionRequest


class CaseStep(models.Model):
    """One thing that was done. A trigger refuses change and removal.

    ``opinion`` stays in the office, ``note`` is for the citizen. ``post`` names a post, never a person.
    """

    class Verdict(models.TextChoices):
        PASS = "pass", "通过"
        BACK = "back", "退回"
        OTHER = "other", "其他"

    case = models.ForeignKey(Case, models.PROTECT, related_name="steps")
    at = models.DateTimeField("时间")
    action = models.CharField("动作", max_length=20, choices=Action.choices)
    from_state = models.CharField(max_length=12, choices=State.choices)
    to_state = models.CharField(max_length=12, choices=State.choices)
    actor_kind = models.CharField(max_length=10)
    actor_key = models.CharField(max_length=40)
    post = models.CharField("岗位", max_length=60)
    verdict = models.CharField("意见", max_length=8, choices=Verdict.choices, default=Verdict.OTHER)
    opinion = EncryptedText("内部意见", null=True)
    note = EncryptedText("告知申请人", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "办理记录"
        indexes = [models.Index(name="case_steps", fields=["case", "id"])]

    def __str__(self) -> str:
        return f"{self.get_action_display()}"


class CasePause(models.Model):
    """A time that does not count (行政许可法 art. 45). At most one is open."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="pauses")
    ground = models.CharField("事由", max_length=12, choices=Ground.choices)
    reason = EncryptedText("说明", default=str)
    result = EncryptedText("结果", default=str)
    started_at = models.DateTimeField("开始")
    ended_at = models.DateTimeField("结束", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "暂停计时"
        constraints = [
            models.UniqueConstraint(
                name="case_one_open_pause", fields=["case"], condition=Q(ended_at__isnull=True)
            ),
            models.CheckConstraint(
                name="case_pause_forward",
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=models.F("started_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_ground_display()}"


class Correction(models.Model):
    """一次性告知补正. One a case: the law allows no second.

    ``told_due_at`` stands in the notice, so a changed calendar may give the applicant more time than that, never less.
    Notices of older releases don't know their ``days``.
    """

    case = models.OneToOneField(Case, models.PROTECT, related_name="correction")
    note = EncryptedText("说明", default=str)
    asked_at = models.DateTimeField("告知时间")
    due_at = models.DateTimeField("补正期限")
    days = models.PositiveSmallIntegerField("补正工作日", null=True)
    told_due_at = models.DateTimeField("告知书上的补正期限", null=True)
    answered_at = models.DateTimeField("补正时间", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "补正告知"

    def __str__(self) -> str:
        return "补正告知"


class CorrectionItem(models.Model):
    """One field or one material to correct, with the officer's words."""

    class Kind(models.TextChoices):
        FIELD = "field", "字段"
        MATERIAL = "material", "材料"

    correction = models.ForeignKey(Correction, models.PROTECT, related_name="items")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    key = models.CharField("字段或材料", max_length=120)
    label = models.CharField("名称", max_length=200)
    words = EncryptedText("要求")

    class Meta:
        verbose_name = verbose_name_plural = "补正内容"
        constraints = [
            models.UniqueConstraint(name="case_correction_item_once", fields=["correction", "kind", "key"])
        ]

    def __str__(self) -> str:
        return self.label


class Extension(ExtensionRequest):
    """延期 (行政许可法 art. 42): asked by the officer, decided by an approver, at most ten working days, once."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="extensions")

    class Meta:
        verbose_name = verbose_name_plural = "延期"
        constraints = [
            models.UniqueConstraint(
                name="case_one_extension", fields=["case"], condition=Q(status__in=["pending", "approved"])
            ),
            models.CheckConstraint(name="case_extension_days", condition=Q(days__range=(1, EXTENSION_DAYS))),
            models.CheckConstraint(
                name="case_extension_other_person",
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=models.F("asked_by")),
            ),
        ]
        indexes = [models.Index(name="case_extension_waits", fields=["case"], condition=Q(status="pending"))]
