"""Waiting for a place 候补, and what follows from not coming 爽约."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from zhijian.appointments.models.booking import Booking
from zhijian.appointments.models.supply import CounterGroup
from zhijian.appointments.rules.states import AppealState, DayPart, WaitState
from zhijian.core import item_codes
from zhijian.core.fields import EncryptedText, PublicIdField
from zhijian.identity.models import Citizen
from zhijian.organizations.models import Hall, Staff


class WaitEntry(models.Model):
    """候补: somebody who takes a place that becomes free. An offer is a booking held for them until its hold ends."""

    public_id = PublicIdField()
    citizen = models.ForeignKey(Citizen, models.PROTECT, related_name="wait_entries")
    booked_by = models.ForeignKey(Citizen, models.PROTECT, related_name="+")
    group = models.ForeignKey(CounterGroup, models.PROTECT, related_name="+")
    item_code = models.CharField("事项编码", max_length=item_codes.LENGTH)
    date = models.DateField("日期")
    part = models.CharField("时段", max_length=4, choices=DayPart.choices, default=DayPart.ANY)
    answers = models.JSONField("情形", default=dict)
    state = models.CharField("状态", max_length=10, choices=WaitState.choices, default=WaitState.WAITING)
    booking = models.OneToOneField(Booking, models.PROTECT, null=True, related_name="wait_entry")
    created_at = models.DateTimeField("登记时间")
    ended_at = models.DateTimeField("结束时间", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "候补"
        constraints = [
            models.UniqueConstraint(
                fields=["citizen", "item_code"],
                condition=Q(state__in=["waiting", "offered"]),
                name="wait_once",
            ),
        ]
        indexes = [
            models.Index(
                name="wait_line",
                fields=["item_code", "group", "date", "created_at", "id"],
                condition=Q(state="waiting"),
            ),
        ]


class NoShowRule(models.Model):
    """``misses`` within ``within_days`` close online booking for ``blocked_days``. Without a hall: the city's rule."""

    hall = models.OneToOneField(Hall, models.CASCADE, null=True, related_name="no_show_rule")
    misses = models.PositiveSmallIntegerField("爽约次数")
    within_days = models.PositiveSmallIntegerField("多少天内")
    blocked_days = models.PositiveSmallIntegerField("暂停预约天数")

    class Meta:
        verbose_name = verbose_name_plural = "爽约规则"
        constraints: ClassVar = [
            models.UniqueConstraint(models.F("hall"), name="no_show_rule_once", nulls_distinct=False),
            models.CheckConstraint(
                name="no_show_rule_positive",
                condition=Q(misses__gte=1, within_days__gte=1, blocked_days__gte=1),
            ),
        ]


class NoShow(models.Model):
    """爽约: a confirmed booking whose person did not come; does not count while excused."""

    public_id = PublicIdField()
    booking = models.OneToOneField(Booking, models.PROTECT, related_name="no_show")
    citizen = models.ForeignKey(Citizen, models.PROTECT, related_name="no_shows")
    at = models.DateTimeField("时间")
    appeal = models.CharField("申诉", max_length=10, choices=AppealState.choices, default=AppealState.NONE)
    appeal_reason = EncryptedText("申诉理由", default=str)
    appealed_at = models.DateTimeField("申诉时间", null=True)
    decided_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField("处理时间", null=True)
    decision = models.CharField("处理意见", max_length=200, default="")

    class Meta:
        verbose_name = verbose_name_plural = "爽约记录"
        indexes = [models.Index(name="no_show_of_citizen", fields=["citizen", "-at"])]
