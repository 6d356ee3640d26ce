"""Campaigns 群发, their history and their recipients."""

from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from zhijian.core.fields import PublicIdField
from zhijian.identity.models import Citizen
from zhijian.messaging.rules.campaigns import AFTER_APPROVAL, Act, Kind, State
from zhijian.messaging.rules.channels import Channel
from zhijian.messaging.rules.delivery import Reason
from zhijian.messaging.rules.purposes import PURPOSES
from zhijian.organizations.models import Department

_staff = settings.AUTH_USER_MODEL


class Campaign(models.Model):
    """A message to many. ``texts``: {"zh": {"title", "body", "sms"}, "en": {…}}, English may be empty.

    ``audience`` is a tree (rules.audience); ``link`` leads into the app. Nobody approves their own.
    """

    public_id = PublicIdField()
    kind = models.CharField("种类", max_length=10, choices=Kind.choices, default=Kind.CAMPAIGN)
    name = models.CharField("名称", max_length=60)
    purpose = models.CharField("用途", max_length=24)
    texts: models.JSONField[Any, Any] = models.JSONField("文字")
    link = models.CharField("链接", max_length=200, blank=True, default="")
    channels = ArrayField(models.CharField(max_length=8, choices=Channel.choices), verbose_name="渠道")
    audience: models.JSONField[Any, Any] = models.JSONField("人群条件", default=dict)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.DRAFT)
    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name="部门")
    author = models.ForeignKey(_staff, models.PROTECT, related_name="+", verbose_name="起草人")
    approver = models.ForeignKey(_staff, models.PROTECT, null=True, related_name="+", verbose_name="审批人")
    created_at = models.DateTimeField("建立时间")
    submitted_at = models.DateTimeField("提交时间", null=True)
    approved_at = models.DateTimeField("批准时间", null=True)
    queued_at = models.DateTimeField("排队时间", null=True)
    finished_at = models.DateTimeField("结束时间", null=True)
    size = models.PositiveIntegerField("人数", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "群发"
        constraints = [
            models.CheckConstraint(name="campaign_state_known", condition=Q(state__in=State.values)),
            models.CheckConstraint(name="campaign_purpose_known", condition=Q(purpose__in=sorted(PURPOSES))),
            models.CheckConstraint(
                name="campaign_purpose_of_kind",
                condition=Q(kind=Kind.EMERGENCY, purpose="emergency")
                | Q(
                    kind=Kind.CAMPAIGN,
                    purpose__in=sorted(code for code, purpose in PURPOSES.items() if not purpose.necessary),
                ),
            ),
            models.CheckConstraint(
                name="campaign_second_person",
                condition=Q(approver__isnull=True) | ~Q(approver=F("author")),
            ),
            models.CheckConstraint(
                name="campaign_approved_before_sending",
                condition=~Q(state__in=sorted(AFTER_APPROVAL))
                | Q(approver__isnull=False, approved_at__isnull=False),
            ),
        ]
        indexes = [models.Index(name="campaign_list", fields=["-created_at", "-id"])]

    def __str__(self) -> str:
        return self.name


class CampaignStep(models.Model):
    """One thing done to a campaign. A trigger refuses change and removal."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="steps")
    at = models.DateTimeField("时间")
    action = models.CharField("动作", max_length=10, choices=Act.choices)
    actor_key = models.CharField(max_length=40)
    post = models.CharField("岗位", max_length=60)
    note = models.CharField("说明", max_length=500, blank=True, default="")

    class Meta:
        verbose_name = verbose_name_plural = "群发记录"
        indexes = [models.Index(name="campaign_steps", fields=["campaign", "id"])]

    def __str__(self) -> str:
        return self.get_action_display()


class Recipient(models.Model):
    """A person in a campaign's queue, once. ``sent``: the message is in the inbox."""

    class State(models.TextChoices):
        QUEUED = "queued", "待发送"
        SENT = "sent", "已发送"
        SKIPPED = "skipped", "未发送"

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="recipients")
    citizen = models.ForeignKey(Citizen, models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=State.choices, default=State.QUEUED)
    reason = models.CharField(max_length=16, choices=Reason.choices, blank=True, default="")

    class Meta:
        verbose_name = verbose_name_plural = "群发收件人"
        constraints = [
            models.UniqueConstraint(name="recipient_once", fields=["campaign", "citizen"]),
            models.CheckConstraint(
                name="recipient_reason_when_skipped",
                condition=Q(state="skipped", reason__in=[*Reason.values[1:]])
                | (~Q(state="skipped") & Q(reason="")),
            ),
        ]
        indexes = [
            models.Index(name="recipient_queue", fields=["campaign", "id"], condition=Q(state="queued")),
            models.Index(name="recipient_states", fields=["campaign", "state"]),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"
