"""Outside channels: their switch and pace, where a citizen is reached, and the ledger of one-time consents."""

from django.db import models
from django.db.models import Q

from zhijian.core.fields import EncryptedText
from zhijian.identity.models import Citizen
from zhijian.messaging.models.inbox import Delivery
from zhijian.messaging.rules.channels import OUTSIDE, Channel


class ChannelState(models.Model):
    """A channel without a row runs. ``next_slot_at``: when the next message may leave (all workers share it)."""

    code = models.CharField("渠道", max_length=8, unique=True, choices=Channel.choices)
    paused = models.BooleanField("暂停", default=False)
    reason = models.CharField("暂停原因", max_length=200, blank=True, default="")
    changed_at = models.DateTimeField("更改时间", null=True)
    next_slot_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = verbose_name_plural = "渠道状态"
        constraints = [
            models.CheckConstraint(name="channel_code_known", condition=Q(code__in=[*OUTSIDE])),
            models.CheckConstraint(
                name="channel_paused_why",
                condition=Q(paused=False, reason="") | (Q(paused=True) & ~Q(reason="")),
            ),
        ]

    def __str__(self) -> str:
        return self.code


class ChannelAddress(models.Model):
    """How a platform knows a citizen: the WeChat openid. A phone is the citizen's own (identity)."""

    citizen = models.ForeignKey(
        Citizen, models.CASCADE, related_name="channel_addresses", verbose_name="自然人"
    )
    channel = models.CharField("渠道", max_length=8)
    address = EncryptedText("地址")
    address_index = models.CharField("地址索引", max_length=64)
    bound_at = models.DateTimeField("绑定时间")

    class Meta:
        verbose_name = verbose_name_plural = "渠道地址"
        constraints = [
            models.UniqueConstraint(name="address_once_a_channel", fields=["citizen", "channel"]),
            models.UniqueConstraint(name="address_of_one_citizen", fields=["channel", "address_index"]),
            models.CheckConstraint(name="address_channel", condition=Q(channel=Channel.WECHAT)),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"


class ConsentGrant(models.Model):
    """One tap on "allow" or "no" in WeChat: an accepted one is good for one message. Append-only."""

    citizen = models.ForeignKey(Citizen, models.PROTECT, related_name="wechat_grants", verbose_name="自然人")
    template_id = models.CharField("微信模板", max_length=64)
    accepted = models.BooleanField("同意")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "一次性订阅"
        indexes = [
            models.Index(name="grant_of", fields=["citizen", "template_id", "id"], condition=Q(accepted=True))
        ]

    def __str__(self) -> str:
        return f"{self.pk}"


class ConsentUse(models.Model):
    """A grant is spent: on a delivery, or because WeChat says that none is left. Append-only."""

    grant = models.OneToOneField(ConsentGrant, models.PROTECT, related_name="use", verbose_name="订阅")
    delivery = models.OneToOneField(
        Delivery, models.PROTECT, null=True, related_name="consent", verbose_name="发送"
    )
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "一次性订阅使用"

    def __str__(self) -> str:
        return f"{self.pk}"
