"""What a hall offers: counters, the weekly plan of slots 号源计划, and the days that differ from it."""

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Length

from zhijian.core import item_codes
from zhijian.core.fields import PublicIdField
from zhijian.organizations.models import Department, Hall, Staff

BY_NUMBER = (Length("number"), "number")  # counter 2 before counter 10


class CounterGroup(models.Model):
    """窗口组: counters that draw from one queue. Its rules of the day are data.

    ``booked_share`` and ``walk_in_share`` mix the two kinds when both wait: 2 and 1 call two booked, then one
    walk-in. Check-in opens ``early_minutes`` before a booking's time; ``grace_minutes`` after it the turn is lost. With a ``source``, an outside system owns the
    times (a hospital's registration): its adapter is asked, and the screens stay the same.
    """

    public_id = PublicIdField()
    hall = models.ForeignKey(Hall, models.PROTECT, related_name="counter_groups", verbose_name="大厅")
    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name="部门")
    code = models.SlugField("代码", max_length=20)
    name = models.CharField("名称", max_length=60)
    name_en = models.CharField("英文名称", max_length=120, blank=True, default="")
    prefix = models.CharField("票号字头", max_length=1, validators=[RegexValidator("^[A-Z]$")])
    booked_share = models.PositiveSmallIntegerField("预约份额", default=2)
    walk_in_share = models.PositiveSmallIntegerField("现场份额", default=1)
    early_minutes = models.PositiveSmallIntegerField("提前签到（分钟）", default=30)
    grace_minutes = models.PositiveSmallIntegerField("过时保留（分钟）", default=15)
    service_minutes = models.PositiveSmallIntegerField("每件用时估计（分钟）", default=10)
    near_metres = models.PositiveIntegerField("大厅附近（米）", default=500)
    source = models.CharField("外部号源", max_length=20, blank=True, default="")
    active = models.BooleanField("启用", default=True)

    class Meta:
        verbose_name = verbose_name_plural = "窗口组"
        ordering = ["hall", "prefix"]
        constraints = [
            models.UniqueConstraint(fields=["hall", "code"], name="group_code_once"),
            models.UniqueConstraint(fields=["hall", "prefix"], name="group_prefix_once"),
            models.CheckConstraint(
                name="group_shares", condition=Q(booked_share__gte=1, walk_in_share__gte=1)
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Counter(models.Model):
    """窗口. ``staff`` sits there now; nobody sits at two."""

    public_id = PublicIdField()
    hall = models.ForeignKey(Hall, models.PROTECT, related_name="counters", verbose_name="大厅")
    number = models.CharField("窗口号", max_length=8)
    groups: ClassVar = models.ManyToManyField(CounterGroup, related_name="counters", verbose_name="窗口组")
    staff = models.OneToOneField(
        Staff, models.SET_NULL, null=True, blank=True, related_name="counter", verbose_name="在岗人员"
    )
    opened_at = models.DateTimeField("开窗时间", null=True, blank=True)
    paused = models.BooleanField("暂停", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "窗口"
        ordering = ["hall", *BY_NUMBER]
        constraints = [models.UniqueConstraint(fields=["hall", "number"], name="counter_number_once")]

    def __str__(self) -> str:
        return f"{self.number}号窗口"


class _Validity(Func):
    function = "daterange"
    output_field = DateRangeField()


class Schedule(models.Model):
    """号源计划: which times a group offers for an item, week by week.

    ``horizon_days`` ahead, each day's slots open at ``release_at``; a slot closes ``lead_minutes`` before it starts.
    With ``follows_calendar`` holidays are skipped, and a make-up working day 调休 takes the lines of
    ``makeup_weekday``.
    """

    public_id = PublicIdField()
    group = models.ForeignKey(CounterGroup, models.PROTECT, related_name="schedules", verbose_name="窗口组")
    item_code = models.CharField("事项编码", max_length=item_codes.LENGTH)
    valid_from = models.DateField("起用日期")
    valid_to = models.DateField("停用日期", null=True, blank=True)
    horizon_days = models.PositiveSmallIntegerField("放号天数", default=14)
    release_at = models.TimeField("放号时间")
    lead_minutes = models.PositiveSmallIntegerField("提前预约（分钟）", default=60)
    hold_minutes = models.PositiveSmallIntegerField("占号时长（分钟）", default=5)
    offer_minutes = models.PositiveSmallIntegerField("候补确认时长（分钟）", default=60)
    waitlist = models.BooleanField("开放候补", default=True)
    follows_calendar = models.BooleanField("按工作日历", default=True)
    makeup_weekday = models.PositiveSmallIntegerField("调休日按星期几", default=1)
    version = models.PositiveIntegerField("修改次数", default=1)

    class Meta:
        verbose_name = verbose_name_plural = "号源计划"
        ordering = ["group", "item_code", "valid_from"]
        constraints = [
            models.CheckConstraint(
                name="schedule_validity",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
            ),
            models.CheckConstraint(
                name="schedule_makeup", condition=Q(makeup_weekday__gte=1, makeup_weekday__lte=7)
            ),
            models.CheckConstraint(name="schedule_hold", condition=Q(hold_minutes__gte=1)),
            ExclusionConstraint(
                name="schedule_no_overlap",
                expressions=[
                    (F("group"), RangeOperators.EQUAL),
                    (F("item_code"), RangeOperators.EQUAL),
                    (_Validity(F("valid_from"), F("valid_to"), Value("[]")), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_code}@{self.group_id}"


class ScheduleLine(models.Model):
    """A stretch of a weekday cut into slots. ``capacity`` is for everybody, ``priority`` for the elderly and disabled,
    ``walk_in`` for whoever comes without a booking, ``overbook`` beyond what can be served (0 by default)."""

    schedule = models.ForeignKey(Schedule, models.CASCADE, related_name="lines", verbose_name="号源计划")
    weekday = models.PositiveSmallIntegerField("星期")
    starts = models.TimeField("开始")
    ends = models.TimeField("结束")
    slot_minutes = models.PositiveSmallIntegerField("每段（分钟）", default=30)
    capacity = models.PositiveSmallIntegerField("普通号")
    priority = models.PositiveSmallIntegerField("优先号", default=0)
    walk_in = models.PositiveSmallIntegerField("现场号", default=0)
    overbook = models.PositiveSmallIntegerField("超额号", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "号源时段"
        ordering = ["weekday", "starts"]
        constraints = [
            models.UniqueConstraint(fields=["schedule", "weekday", "starts"], name="line_once"),
            models.CheckConstraint(name="line_weekday", condition=Q(weekday__gte=1, weekday__lte=7)),
            models.CheckConstraint(name="line_times", condition=Q(ends__gt=F("starts"))),
            models.CheckConstraint(name="line_slot_minutes", condition=Q(slot_minutes__gte=5)),
        ]

    def __str__(self) -> str:
        return f"{self.weekday} {self.starts:%H:%M}"


class SpecialDay(models.Model):
    """A date on which a schedule takes another weekday's lines; ``as_weekday`` 0 offers nothing."""

    schedule = models.ForeignKey(Schedule, models.CASCADE, related_name="special_days")
    date = models.DateField("日期")
    as_weekday = models.PositiveSmallIntegerField("按星期几")
    reason = models.CharField("原因", max_length=100)

    class Meta:
        verbose_name = verbose_name_plural = "特殊日期"
        ordering = ["date"]
        constraints = [
            models.UniqueConstraint(fields=["schedule", "date"], name="special_day_once"),
            models.CheckConstraint(name="special_day_weekday", condition=Q(as_weekday__lte=7)),
        ]


class Closure(models.Model):
    """停办: a hall, or one group of it, serves nobody from ``starts_at`` to ``ends_at``."""

    public_id = PublicIdField()
    hall = models.ForeignKey(Hall, models.PROTECT, related_name="closures")
    group = models.ForeignKey(CounterGroup, models.PROTECT, null=True, blank=True, related_name="closures")
    starts_at = models.DateTimeField("开始")
    ends_at = models.DateTimeField("结束")
    reason = models.CharField("原因", max_length=200)
    lifted_at = models.DateTimeField("撤销时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "停办"
        ordering = ["-starts_at"]
        constraints = [models.CheckConstraint(name="closure_times", condition=Q(ends_at__gt=F("starts_at")))]
