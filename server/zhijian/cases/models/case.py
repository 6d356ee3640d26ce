"""The case itself."""

from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q

from zhijian.cases.rules.grounds import DeliveryMethod
from zhijian.cases.rules.states import WORK, State
from zhijian.core import item_codes
from zhijian.core.deadlines import LimitUnit
from zhijian.core.fields import EncryptedJSON, PublicIdField

#: Sorts after every due date: cases whose clock stands still or has no end.
FAR_FUTURE = datetime(9999, 12, 31, tzinfo=UTC)

_ACCEPTED = [
    State.ACCEPTED,
    State.REVIEWING,
    State.SUSPENDED,
    State.DECIDING,
    State.APPROVED,
    State.REFUSED,
    State.ISSUING,
    State.DELIVERING,
    State.CONCLUDED,
]
_staff = settings.AUTH_USER_MODEL


class Case(models.Model):
    """One application 办件 of one citizen for one published version of an item.

    ``due_at`` and ``warn_at`` are the ends of the stage the case is in; ``decision_due_at`` is the end of the
    limit that the authority promised, counted from acceptance. While a submitted case waits, it holds what would
    bind if nothing is told within five working days, so that reading is right even when no worker runs.
    """

    public_id = PublicIdField()
    number = models.CharField("办件编号", max_length=40, null=True, unique=True)
    citizen = models.ForeignKey(
        "identity.Citizen", models.PROTECT, related_name="cases", verbose_name="申请人"
    )
    item_version = models.ForeignKey("catalog.ItemVersion", models.PROTECT, related_name="+")
    item_code = models.CharField("实施编码", max_length=item_codes.LENGTH)
    item_name = models.CharField("事项名称", max_length=200)
    item_name_en = models.CharField(max_length=200, blank=True, default="")
    department = models.ForeignKey("organizations.Department", models.PROTECT, related_name="+")
    separate_decision = models.BooleanField("审查与决定分离", default=False)
    instant = models.BooleanField("即办件", default=False)
    state = models.CharField("状态", max_length=12, choices=State.choices, default=State.DRAFT)

    answers: models.JSONField[Any, Any] = models.JSONField("情形", default=dict, encoder=DjangoJSONEncoder)
    form = EncryptedJSON("表单", default=dict)
    page = models.CharField("最近一页", max_length=40, blank=True, default="")
    delivery = EncryptedJSON("送达信息", default=dict)
    delivery_method = models.CharField(
        "送达方式", max_length=12, choices=DeliveryMethod.choices, default=DeliveryMethod.ELECTRONIC
    )
    refusal = EncryptedJSON("不予受理或不予许可", null=True)
    revision = models.PositiveIntegerField("修改次数", default=0)
    revisions: models.JSONField[Any, Any] = models.JSONField("各部分最近修改", default=dict)

    assignee = models.ForeignKey(
        _staff, models.PROTECT, null=True, related_name="+", verbose_name="当前办理人"
    )
    reviewer = models.ForeignKey(_staff, models.PROTECT, null=True, related_name="+", verbose_name="审查人")
    decider = models.ForeignKey(_staff, models.PROTECT, null=True, related_name="+", verbose_name="决定人")
    recommendation = models.CharField("审查意见", max_length=8, blank=True, default="")
    outcome = models.CharField("决定", max_length=8, blank=True, default="")

    created_at = models.DateTimeField("建立时间")
    updated_at = models.DateTimeField("更新时间")
    submitted_at = models.DateTimeField("提交时间", null=True)
    received_at = models.DateTimeField("收到材料时间", null=True)
    accepted_at = models.DateTimeField("受理时间", null=True)
    deemed_accepted = models.BooleanField("视为受理", default=False)
    corrected = models.BooleanField("已告知补正", default=False)
    decided_at = models.DateTimeField("决定时间", null=True)
    concluded_at = models.DateTimeField("办结时间", null=True)
    urged_at = models.DateTimeField("最近催办", null=True)

    clock_started_at = models.DateTimeField("起算时间", null=True)
    due_at = models.DateTimeField("到期时间", null=True)
    warn_at = models.DateTimeField("临期时间", null=True)
    sort_at = models.DateTimeField(default=FAR_FUTURE)
    decision_due_at = models.DateTimeField("承诺到期", null=True)
    decision_warn_at = models.DateTimeField(null=True)
    limit_value = models.PositiveSmallIntegerField("时限", null=True)
    limit_unit = models.CharField(max_length=12, choices=LimitUnit.choices, blank=True, default="")
    due_rule = models.CharField("计时规则", max_length=120, blank=True, default="")
    due_law = models.CharField("依据", max_length=450, blank=True, default="")
    calendar_gap = models.PositiveSmallIntegerField("缺少的日历年度", null=True)

    required_count = models.PositiveSmallIntegerField("应交材料数", default=0)
    reused_count = models.PositiveSmallIntegerField("免交材料数", default=0)
    stars = models.PositiveSmallIntegerField("评价", null=True)
    rated_at = models.DateTimeField("评价时间", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "办件"
        constraints = [
            models.UniqueConstraint(
                name="case_one_open_draft", fields=["citizen", "item_code"], condition=Q(state=State.DRAFT)
            ),
            models.CheckConstraint(name="case_state_known", condition=Q(state__in=State.values)),
            models.CheckConstraint(
                name="case_submitted_has_number",
                condition=Q(state=State.DRAFT, number__isnull=True)
                | Q(~Q(state=State.DRAFT), number__isnull=False, submitted_at__isnull=False),
            ),
            models.CheckConstraint(
                name="case_accepted_has_date",
                condition=~Q(state__in=_ACCEPTED) | Q(accepted_at__isnull=False),
            ),
            models.CheckConstraint(
                name="case_separate_decision",
                condition=Q(separate_decision=False) | ~Q(reviewer=F("decider")),
            ),
            models.CheckConstraint(
                name="case_refusal_has_reasons",
                condition=~Q(state__in=[State.REJECTED, State.REFUSED]) | Q(refusal__isnull=False),
            ),
            models.CheckConstraint(
                name="case_stars", condition=Q(stars__isnull=True) | Q(stars__range=(1, 5))
            ),
        ]
        indexes = [
            # What the queue counts is answered by the indexes alone, however many wait.
            models.Index(
                name="case_queue",
                fields=["department", "sort_at", "id"],
                condition=Q(state__in=sorted(WORK)),
                include=["state", "assignee"],
            ),
            models.Index(
                name="case_lights",
                fields=["department", "due_at", "warn_at"],
                condition=Q(state__in=sorted(WORK)),
            ),
            models.Index(
                name="case_returned",
                fields=["department", "assignee"],
                condition=Q(state=State.SUBMITTED, corrected=True),
            ),
            models.Index(name="case_work", fields=["sort_at", "id"], condition=Q(state__in=sorted(WORK))),
            models.Index(
                name="case_desk",
                fields=["assignee", "sort_at", "id"],
                condition=Q(state__in=sorted(WORK), assignee__isnull=False),
            ),
            models.Index(name="case_of_citizen", fields=["citizen", "-updated_at", "-id"]),
            models.Index(name="case_unread", fields=["due_at"], condition=Q(state=State.SUBMITTED)),
            models.Index(name="case_gap", fields=["calendar_gap"], condition=Q(calendar_gap__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.number or "草稿"
