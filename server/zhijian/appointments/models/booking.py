"""Slots 号源, their seats, and bookings 预约.

Capacity is a number of rows: a slot has as many seats as it can serve, and a seat has one holder. A seat is taken
while ``until`` lies ahead, so a hold that nobody confirms frees itself by the passing of time; no worker has to run.
A claim holds a person and an item in the same way: whoever has a claim that has not run out cannot book twice.
"""

from django.db import models
from django.db.models import F, Q

from zhijian.appointments.models.supply import CounterGroup, Schedule
from zhijian.appointments.rules.states import BookingState, DayPart, Pool, part_of
from zhijian.catalog.models import ItemVersion
from zhijian.core import item_codes
from zhijian.core.fields import PublicIdField
from zhijian.core.ids import new_id
from zhijian.core.zone import CHINA
from zhijian.identity.models import Citizen


def booking_number() -> str:
    """What a person reads out at the counter: eight characters, none that reads like another."""
    return new_id(8).upper()


class Slot(models.Model):
    """One stretch of time of one group for one item. Bookable from ``opens_at`` until ``closes_at`` unless closed."""

    public_id = PublicIdField()
    schedule = models.ForeignKey(Schedule, models.PROTECT, related_name="slots")
    group = models.ForeignKey(CounterGroup, models.PROTECT, related_name="slots")
    item_code = models.CharField("事项编码", max_length=item_codes.LENGTH)
    date = models.DateField("日期")
    starts_at = models.DateTimeField("开始")
    ends_at = models.DateTimeField("结束")
    opens_at = models.DateTimeField("放号时间")
    closes_at = models.DateTimeField("截止时间")
    closed = models.BooleanField("停用", default=False)
    outside_ref = models.CharField("外部编号", max_length=60, blank=True, default="", db_default="")
    outside_free = models.PositiveSmallIntegerField("外部余号", null=True, blank=True)
    rush = models.ForeignKey("Rush", models.SET_NULL, null=True, blank=True, related_name="slots")

    class Meta:
        verbose_name = verbose_name_plural = "号源"
        constraints = [
            models.UniqueConstraint(fields=["group", "item_code", "starts_at"], name="slot_once"),
            models.CheckConstraint(name="slot_times", condition=Q(ends_at__gt=F("starts_at"))),
        ]
        indexes = [models.Index(name="slot_of_item_day", fields=["item_code", "date", "group"])]

    def __str__(self) -> str:
        return str(self.public_id)

    @property
    def part(self) -> DayPart:
        """The half of the day in which it starts."""
        return part_of(self.starts_at.astimezone(CHINA).hour)


class Booking(models.Model):
    """预约. ``citizen`` is who comes, ``booked_by`` who booked. ``key`` makes a repeated request the same booking.

    ``state`` is what was last written; ``rules.states.state_at`` says what it means now. ``changes`` counts the moves
    that the person made, of which they have so many; ``moves`` all, so that each is told though a slot may return.
    """

    public_id = PublicIdField()
    number = models.CharField("预约号", max_length=8, unique=True, default=booking_number, editable=False)
    citizen = models.ForeignKey(Citizen, models.PROTECT, related_name="bookings", verbose_name="到场人")
    booked_by = models.ForeignKey(Citizen, models.PROTECT, related_name="+", verbose_name="预约人")
    slot = models.ForeignKey(Slot, models.PROTECT, related_name="bookings", verbose_name="号源")
    item_code = models.CharField("事项编码", max_length=item_codes.LENGTH)
    item_version = models.ForeignKey(ItemVersion, models.PROTECT, null=True, related_name="+")
    answers = models.JSONField("情形", default=dict)
    pool = models.CharField("号别", max_length=10, choices=Pool.choices, default=Pool.GENERAL)
    state = models.CharField("状态", max_length=10, choices=BookingState.choices)
    hold_until = models.DateTimeField("占号截止", null=True)
    via = models.CharField("来源", max_length=10, default="app")
    key = models.CharField("防重复标识", max_length=80, null=True)
    created_at = models.DateTimeField("建立时间")
    confirmed_at = models.DateTimeField("确认时间", null=True)
    ended_at = models.DateTimeField("结束时间", null=True)
    reminded_at = models.DateTimeField("提醒时间", null=True)
    changes = models.PositiveSmallIntegerField("改期次数", default=0, db_default=0)
    moves = models.PositiveSmallIntegerField("改到别的时段的次数", default=0, db_default=0)
    moved_at = models.DateTimeField("最近一次改时段", null=True)
    reason = models.CharField("取消或改期原因", max_length=200, default="", db_default="")

    outside_ref = models.CharField("外部订单", max_length=60, blank=True, default="", db_default="")

    class Meta:
        verbose_name = verbose_name_plural = "预约"
        constraints = [
            models.UniqueConstraint(fields=["booked_by", "key"], name="booking_key_once"),
            models.CheckConstraint(name="booking_state", condition=Q(state__in=BookingState.values)),
            models.CheckConstraint(
                name="booking_hold_ends", condition=~Q(state="held") | Q(hold_until__isnull=False)
            ),
            models.CheckConstraint(
                name="booking_confirmed_when",
                condition=Q(state__in=["held", "expired", "cancelled"]) | Q(confirmed_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(name="booking_of_citizen", fields=["citizen", "-created_at"]),
            models.Index(name="booking_by_booker", fields=["booked_by", "-created_at"]),
            models.Index(name="booking_of_slot", fields=["slot", "state"]),
        ]

    def __str__(self) -> str:
        return str(self.number)


class Seat(models.Model):
    """One place in a slot. Taken while ``until`` lies ahead; ``booking`` is then whose it is."""

    slot = models.ForeignKey(Slot, models.CASCADE, related_name="seats")
    number = models.PositiveSmallIntegerField()
    pool = models.CharField(max_length=10, choices=Pool.choices, default=Pool.GENERAL)
    booking = models.OneToOneField(Booking, models.PROTECT, null=True, related_name="seat")
    until = models.DateTimeField()

    class Meta:
        verbose_name = verbose_name_plural = "席位"
        constraints = [
            models.UniqueConstraint(fields=["slot", "number"], name="seat_once"),
            models.CheckConstraint(name="seat_pool", condition=Q(pool__in=Pool.values)),
        ]
        indexes = [models.Index(name="seat_free", fields=["slot", "pool", "until"])]


class Claim(models.Model):
    """One person, one item, one booking at a time: in force while ``until`` lies ahead."""

    citizen = models.ForeignKey(Citizen, models.PROTECT, related_name="+")
    item_code = models.CharField(max_length=item_codes.LENGTH)
    booking = models.OneToOneField(Booking, models.PROTECT, related_name="claim")
    until = models.DateTimeField()

    class Meta:
        verbose_name = verbose_name_plural = "预约占用"
        constraints = [models.UniqueConstraint(fields=["citizen", "item_code"], name="claim_once")]
