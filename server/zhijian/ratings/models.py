"""Ratings 好差评: what people thought of a handling, written once, and what was done about poor ones."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from zhijian.core import item_codes
from zhijian.core.clock import now
from zhijian.core.fields import EncryptedText, PublicIdField
from zhijian.identity.models import Citizen
from zhijian.lifecycle.models import Step
from zhijian.organizations.models import Department, Hall, Staff
from zhijian.ratings.rules.rectification import Ground, State


class Rating(models.Model):
    """One rating of one handling. ``stars`` 5 = best; a database trigger refuses UPDATE and DELETE.

    ``kind`` and ``reference`` name what was rated: a case by its number, a counter visit by its code. ``citizen`` is
    unknown at a counter. ``receipt`` recognises the same request sent again.
    """

    public_id = PublicIdField()
    kind = models.CharField("对象", max_length=20, default="case")
    reference = models.CharField("对象编号", max_length=40)
    item_code = models.CharField("事项编码", max_length=item_codes.LENGTH, blank=True, default="")
    citizen = models.ForeignKey(
        Citizen, models.PROTECT, null=True, related_name="ratings", verbose_name="评价人"
    )
    department = models.ForeignKey(Department, models.PROTECT, related_name="ratings", verbose_name="部门")
    hall = models.ForeignKey(Hall, models.PROTECT, null=True, related_name="ratings", verbose_name="大厅")
    channel = models.CharField(
        "渠道", max_length=7, choices=[("online", "线上"), ("offline", "线下")], default="online"
    )
    stars = models.PositiveSmallIntegerField("星级")
    tags = ArrayField(models.CharField(max_length=3), default=list, verbose_name="评价标签")
    dimensions = models.JSONField("分项", default=dict)
    comment = EncryptedText("文字评价", default=str)
    receipt = models.CharField(max_length=64, blank=True, default="")
    created_at = models.DateTimeField("评价时间", default=now)

    class Meta:
        verbose_name = verbose_name_plural = "好差评"
        constraints = [
            models.CheckConstraint(name="rating_stars", condition=Q(stars__gte=1, stars__lte=5)),
            models.CheckConstraint(name="rating_channel", condition=Q(channel__in=["online", "offline"])),
            models.UniqueConstraint(name="rating_once_a_handling", fields=["kind", "reference"]),
        ]
        indexes = [
            models.Index(name="rating_of_department", fields=["department", "-created_at"]),
            models.Index(
                name="rating_poor", fields=["department", "-created_at", "-id"], condition=Q(stars__lte=2)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}:{self.reference}"

    @property
    def case_number(self) -> str:
        """The case that was rated; empty for anything else."""
        return self.reference if self.kind == "case" else ""


class CounterVisit(models.Model):
    """办事一次 at a counter. Its signed code is printed or shown, and is good for one rating without log-in.

    Nothing of the visitor is known. Append-only: the number of visits is what 评价覆盖率 is measured against.
    """

    public_id = PublicIdField()
    hall = models.ForeignKey(Hall, models.PROTECT, related_name="counter_visits", verbose_name="大厅")
    department = models.ForeignKey(Department, models.PROTECT, related_name="counter_visits")
    item_code = models.CharField("事项编码", max_length=item_codes.LENGTH, blank=True, default="")
    counter = models.CharField("窗口", max_length=20)
    issued_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    at = models.DateTimeField("办理时间", default=now)

    class Meta:
        verbose_name = verbose_name_plural = "窗口办理"
        indexes = [models.Index(name="counter_visit_of_hall", fields=["hall", "-at"])]

    def __str__(self) -> str:
        return str(self.public_id)


class Rectification(models.Model):
    """差评整改单: one a poor rating. ``due_at`` belongs to the present state and is None where the calendar lacks the
    year; ``fix_due_at`` is the end that 按时整改率 looks at."""

    public_id = PublicIdField()
    rating = models.OneToOneField(Rating, models.PROTECT, related_name="rectification")
    department = models.ForeignKey(Department, models.PROTECT, related_name="rectifications")
    state = models.CharField("状态", max_length=12, choices=State.choices, default=State.OPEN)
    resumes = models.CharField(max_length=12, blank=True, default="", choices=State.choices)
    assignee = models.ForeignKey(
        Staff, models.PROTECT, null=True, related_name="rectifications", verbose_name="承办人"
    )
    ground = models.CharField("不计的理由", max_length=10, blank=True, default="", choices=Ground.choices)
    opened_at = models.DateTimeField("建立时间", default=now)
    due_at = models.DateTimeField("本环节到期", null=True)
    warn_at = models.DateTimeField(null=True)
    fix_due_at = models.DateTimeField("整改到期", null=True)
    contacted_at = models.DateTimeField("首次联系时间", null=True)
    fixed_at = models.DateTimeField("整改完成时间", null=True)
    closed_at = models.DateTimeField("结束时间", null=True)
    measure = models.TextField("整改措施", max_length=1_000, blank=True, default="")
    outcome = models.TextField("公开的整改结果", max_length=1_000, blank=True, default="")

    class Meta:
        verbose_name = verbose_name_plural = "差评整改"
        constraints = [
            models.CheckConstraint(name="rectification_state", condition=Q(state__in=State.values)),
            models.CheckConstraint(
                name="rectification_published_says_what",
                condition=~Q(state=State.PUBLISHED) | (~Q(outcome="") & Q(closed_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="rectification_assigned_has_officer",
                # An order under way may have lost its officer, who left: it is given to another.
                condition=~Q(state__in=[State.FIXED, State.CALLED_BACK, State.PUBLISHED])
                | Q(assignee__isnull=False),
            ),
            models.CheckConstraint(
                name="rectification_disputed_has_ground",
                condition=~Q(state__in=[State.DISPUTED, State.DISMISSED]) | ~Q(ground=""),
            ),
        ]
        indexes = [models.Index(name="rectification_desk", fields=["department", "state", "due_at"])]

    def __str__(self) -> str:
        return str(self.public_id)


class RectificationStep(Step):
    """What was done with an order."""

    rectification = models.ForeignKey(Rectification, models.PROTECT, related_name="steps")

    class Meta(Step.Meta):
        verbose_name = verbose_name_plural = "差评整改记录"
