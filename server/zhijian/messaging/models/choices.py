"""What a citizen chose: switches, quiet hours, topics, what may be used about them, tags."""

from datetime import time

from django.db import models
from django.db.models import Q

from zhijian.core.fields import PublicIdField
from zhijian.identity.models import Citizen
from zhijian.messaging.rules.channels import Channel
from zhijian.messaging.rules.personal import AGE_BANDS, TOPICS
from zhijian.messaging.rules.purposes import PURPOSES
from zhijian.messaging.rules.quiet import DEFAULT_QUIET
from zhijian.organizations.models import Region


class Preference(models.Model):
    """A citizen without a row has these defaults. ``district`` and ``age_band`` are there only by consent."""

    citizen = models.OneToOneField(
        Citizen, models.CASCADE, related_name="message_preference", verbose_name="自然人"
    )
    quiet = models.BooleanField("夜间免打扰", default=True)
    quiet_from = models.TimeField("免打扰开始", default=DEFAULT_QUIET[0])
    quiet_to = models.TimeField("免打扰结束", default=DEFAULT_QUIET[1])
    use_attributes = models.BooleanField("同意使用个人特征", default=False)
    consented_at = models.DateTimeField("同意时间", null=True)
    district = models.ForeignKey(Region, models.PROTECT, null=True, related_name="+", verbose_name="所在区")
    age_band = models.CharField("年龄段", max_length=6, blank=True, default="")

    class Meta:
        verbose_name = verbose_name_plural = "消息偏好"
        constraints = [
            models.CheckConstraint(
                name="preference_attributes_by_consent",
                condition=Q(use_attributes=True, consented_at__isnull=False)
                | Q(use_attributes=False, consented_at__isnull=True, district__isnull=True, age_band=""),
            ),
            models.CheckConstraint(
                name="preference_age_band", condition=Q(age_band__in=["", *sorted(AGE_BANDS)])
            ),
        ]
        indexes = [
            models.Index(
                name="preference_audience",
                fields=["district", "age_band"],
                condition=Q(use_attributes=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"

    @property
    def quiet_hours(self) -> tuple[time, time] | None:
        return (self.quiet_from, self.quiet_to) if self.quiet else None


class PurposeSwitch(models.Model):
    """A switch that a citizen moved; the others stand at their defaults (rules.purposes.is_on)."""

    citizen = models.ForeignKey(
        Citizen, models.CASCADE, related_name="message_switches", verbose_name="自然人"
    )
    purpose = models.CharField("用途", max_length=24)
    channel = models.CharField("渠道", max_length=8, choices=Channel.choices)
    on = models.BooleanField("打开")
    changed_at = models.DateTimeField("更改时间")

    class Meta:
        verbose_name = verbose_name_plural = "消息开关"
        constraints = [
            models.UniqueConstraint(name="switch_once", fields=["citizen", "purpose", "channel"]),
            models.CheckConstraint(name="switch_purpose_known", condition=Q(purpose__in=sorted(PURPOSES))),
            models.CheckConstraint(name="switch_channel_known", condition=Q(channel__in=Channel.values)),
            models.CheckConstraint(
                name="switch_necessary_inbox",
                condition=~Q(
                    channel=Channel.INBOX,
                    purpose__in=sorted(code for code, purpose in PURPOSES.items() if purpose.necessary),
                ),
            ),
        ]
        indexes = [
            models.Index(
                name="switch_willing",
                fields=["purpose", "citizen"],
                condition=Q(channel=Channel.INBOX, on=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose}:{self.channel}"


class ConsentEntry(models.Model):
    """Proof of a consent or its withdrawal (PIPL arts. 14-15). A trigger refuses change and removal."""

    citizen = models.ForeignKey(
        Citizen, models.PROTECT, related_name="message_consents", verbose_name="自然人"
    )
    subject = models.CharField("对象", max_length=24)  # a purpose, or "attributes"
    given = models.BooleanField("同意")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "消息同意记录"
        indexes = [models.Index(name="message_consent_of", fields=["citizen", "subject", "-id"])]

    def __str__(self) -> str:
        return f"{self.subject}:{self.given}"


class TopicSubscription(models.Model):
    citizen = models.ForeignKey(Citizen, models.CASCADE, related_name="message_topics", verbose_name="自然人")
    topic = models.CharField("主题", max_length=24)
    created_at = models.DateTimeField("订阅时间")

    class Meta:
        verbose_name = verbose_name_plural = "主题订阅"
        constraints = [
            models.UniqueConstraint(name="topic_once", fields=["citizen", "topic"]),
            models.CheckConstraint(name="topic_known", condition=Q(topic__in=sorted(TOPICS))),
        ]
        indexes = [models.Index(name="topic_audience", fields=["topic", "citizen"])]

    def __str__(self) -> str:
        return self.topic


class Tag(models.Model):
    """A guess at what interests a person, from what they did here. Deleted once, it never comes back."""

    public_id = PublicIdField()
    citizen = models.ForeignKey(Citizen, models.CASCADE, related_name="message_tags", verbose_name="自然人")
    code = models.CharField("标签", max_length=40)
    why = models.CharField("来源", max_length=200)
    created_at = models.DateTimeField("生成时间")
    deleted_at = models.DateTimeField("删除时间", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "兴趣标签"
        constraints = [models.UniqueConstraint(name="tag_once", fields=["citizen", "code"])]
        indexes = [
            models.Index(
                name="tag_audience", fields=["code", "citizen"], condition=Q(deleted_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return self.code
