"""What keeps the content sound: forbidden words, checked links, counted views."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from zhijian.content.codes import Channel, Severity
from zhijian.content.models.article import Article


class Wording(models.Model):
    """规范表述: a word that is not to be written, and what to write instead."""

    wrong = models.CharField("不规范写法", max_length=40, unique=True)
    right = models.CharField("规范写法", max_length=60, blank=True, default="")
    severity = models.CharField("程度", max_length=10, choices=Severity.choices)
    note = models.CharField("说明", max_length=100, blank=True, default="")

    class Meta:
        verbose_name = verbose_name_plural = "规范表述"
        ordering = ["severity", "wrong"]
        constraints: ClassVar = [
            models.CheckConstraint(name="wording_says_something", condition=~Q(wrong="")),
            models.CheckConstraint(name="wording_differs", condition=~Q(wrong=models.F("right"))),
        ]

    def __str__(self) -> str:
        return self.wrong


class LinkCheck(models.Model):
    """An outside address that an article links to, and how it answered last."""

    address = models.URLField("地址", max_length=1000, unique=True)
    checked_at = models.DateTimeField("检查时间", null=True)
    reachable = models.BooleanField("能打开", null=True)
    result = models.CharField("结果", max_length=60, blank=True, default="")

    class Meta:
        verbose_name = verbose_name_plural = "外部链接"
        ordering = ["address"]


class ChannelDay(models.Model):
    """Views of an article through one channel on one day. A number, and nothing about anybody."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="channel_days")
    channel = models.CharField("渠道", max_length=10, choices=Channel.choices)
    day = models.DateField("日期")
    views = models.PositiveIntegerField("浏览次数", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "浏览统计"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["article", "channel", "day"], name="views_once_a_day"),
            models.CheckConstraint(name="views_channel_known", condition=Q(channel__in=Channel.values)),
        ]
