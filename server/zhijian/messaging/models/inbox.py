"""Messages in a citizen's inbox, and how each goes out by other channels."""

from typing import Any

from django.db import models
from django.db.models import Q

from zhijian.core.fields import EncryptedJSON, EncryptedText, PublicIdField
from zhijian.identity.models import Citizen
from zhijian.messaging.models.campaign import Campaign
from zhijian.messaging.rules.channels import OUTSIDE, Priority
from zhijian.messaging.rules.delivery import Reason, State
from zhijian.messaging.rules.purposes import PURPOSES


class Message(models.Model):
    """One thing that a citizen was told. A campaign's text is not copied: the message names its campaign.

    ``outside`` is the ready content by channel (see rules.templates.Rendered). ``about`` names by ids and codes what
    the template's predicate is asked about before anything goes out (see queries.holding). A deleted message loses its text
    and keeps its ``dedupe_key``, so that a repeated task does not tell it again. ``happened_at`` sorts the inbox:
    news told late stands where it belongs.
    """

    public_id = PublicIdField()
    citizen = models.ForeignKey(Citizen, models.PROTECT, related_name="messages", verbose_name="收件人")
    purpose = models.CharField("用途", max_length=24)
    template = models.CharField("模板", max_length=60, blank=True, default="")
    campaign = models.ForeignKey(
        Campaign, models.PROTECT, null=True, related_name="messages", verbose_name="群发"
    )
    title = EncryptedText("标题", null=True)
    body = EncryptedText("正文", null=True)
    outside = EncryptedJSON("其他渠道内容", null=True)
    link = models.CharField("链接", max_length=200, blank=True, default="")
    about: models.JSONField[Any, Any] = models.JSONField("所指", default=dict, db_default={})
    dedupe_key = models.CharField("防重复标识", max_length=120)
    priority = models.PositiveSmallIntegerField("优先级", default=Priority.NORMAL)
    happened_at = models.DateTimeField("发生时间")
    created_at = models.DateTimeField("生成时间")
    read_at = models.DateTimeField("阅读时间", null=True)
    deleted_at = models.DateTimeField("删除时间", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "消息"
        constraints = [
            models.UniqueConstraint(name="message_told_once", fields=["citizen", "dedupe_key"]),
            models.CheckConstraint(name="message_purpose_known", condition=Q(purpose__in=sorted(PURPOSES))),
            models.CheckConstraint(name="message_priority", condition=Q(priority__in=[*Priority])),
            models.CheckConstraint(
                name="message_has_text",
                condition=Q(campaign__isnull=False)
                | Q(deleted_at__isnull=False)
                | Q(title__isnull=False, body__isnull=False),
            ),
            models.CheckConstraint(
                name="message_deleted_is_empty",
                condition=Q(deleted_at__isnull=True)
                | Q(title__isnull=True, body__isnull=True, outside__isnull=True),
            ),
        ]
        indexes = [
            models.Index(
                name="message_inbox",
                fields=["citizen", "-happened_at", "-id"],
                condition=Q(deleted_at__isnull=True),
            ),
            models.Index(
                name="message_unread",
                fields=["citizen"],
                condition=Q(deleted_at__isnull=True, read_at__isnull=True),
            ),
            models.Index(name="message_old", fields=["created_at"]),
        ]

    def __str__(self) -> str:
        return str(self.public_id)


class Delivery(models.Model):
    """One message by one outside channel. A channel's turn comes when those before it could not reach the person.

    While ``sending``, it belongs until ``lease_until`` to the worker that made attempt number ``attempts``.
    """

    public_id = PublicIdField()
    message = models.ForeignKey(Message, models.PROTECT, related_name="deliveries", verbose_name="消息")
    channel = models.CharField("渠道", max_length=8)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.QUEUED)
    reason = models.CharField("原因", max_length=16, choices=Reason.choices, blank=True, default="")
    priority = models.PositiveSmallIntegerField("优先级")
    attempts = models.PositiveSmallIntegerField("尝试次数", default=0)
    due_at = models.DateTimeField("应发时间")
    lease_until = models.DateTimeField("占用到", null=True)
    receipt = models.CharField("渠道回执号", max_length=64, blank=True, default="")
    changed_at = models.DateTimeField("更新时间")

    class Meta:
        verbose_name = verbose_name_plural = "消息发送"
        constraints = [
            models.UniqueConstraint(name="delivery_once_a_channel", fields=["message", "channel"]),
            models.CheckConstraint(name="delivery_state_known", condition=Q(state__in=State.values)),
            models.CheckConstraint(name="delivery_channel_known", condition=Q(channel__in=[*OUTSIDE])),
            models.CheckConstraint(
                name="delivery_reason_when_not_sent",
                condition=Q(state__in=[State.FAILED, State.SKIPPED], reason__in=[*Reason.values[1:]])
                | (~Q(state__in=[State.FAILED, State.SKIPPED]) & Q(reason="")),
            ),
            models.CheckConstraint(
                name="delivery_lease_while_sending",
                condition=Q(state=State.SENDING, lease_until__isnull=False)
                | (~Q(state=State.SENDING) & Q(lease_until__isnull=True)),
            ),
        ]
        indexes = [
            models.Index(
                name="delivery_due", fields=["priority", "due_at", "id"], condition=Q(state=State.QUEUED)
            ),
            models.Index(name="delivery_leased", fields=["lease_until"], condition=Q(state=State.SENDING)),
            models.Index(name="delivery_figures", fields=["changed_at", "channel", "state"]),
            models.Index(name="delivery_unreported", fields=["changed_at"], condition=Q(state=State.SENT)),
        ]

    def __str__(self) -> str:
        return str(self.public_id)
