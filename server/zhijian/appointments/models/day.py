"""On the day: check-in 签到, tickets of the queue, calling 叫号, and the devices of a hall."""

from django.db import models
from django.db.models import Q

from zhijian.appointments.models.booking import Booking
from zhijian.appointments.models.supply import Counter, CounterGroup
from zhijian.appointments.rules.states import DeviceKind, VisitKind, VisitState
from zhijian.core import item_codes
from zhijian.core.fields import PublicIdField
from zhijian.identity.models import Citizen
from zhijian.organizations.models import Hall, Staff


class GroupDay(models.Model):
    """A group's queue of one day: its row is locked to give a number or to call, so both are fair and unique.

    ``booked_run`` and ``walk_in_run`` count calls since the mix last began anew.
    """

    group = models.ForeignKey(CounterGroup, models.PROTECT, related_name="days")
    day = models.DateField()
    issued = models.PositiveIntegerField(default=0)
    booked_run = models.PositiveSmallIntegerField(default=0)
    walk_in_run = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = verbose_name_plural = "窗口组当日"
        constraints = [models.UniqueConstraint(fields=["group", "day"], name="group_day_once")]


class Visit(models.Model):
    """到场: a ticket of the queue, from check-in or taken on the spot, until served. ``number`` such as A012."""

    public_id = PublicIdField()
    group = models.ForeignKey(CounterGroup, models.PROTECT, related_name="visits")
    day = models.DateField("日期")
    sequence = models.PositiveIntegerField("序号")
    number = models.CharField("票号", max_length=8)
    kind = models.CharField("类别", max_length=8, choices=VisitKind.choices)
    priority = models.BooleanField("优先", default=False)
    item_code = models.CharField("事项编码", max_length=item_codes.LENGTH, blank=True, default="")
    booking = models.OneToOneField(Booking, models.PROTECT, null=True, related_name="visit")
    citizen = models.ForeignKey(Citizen, models.PROTECT, null=True, related_name="visits")
    state = models.CharField("状态", max_length=8, choices=VisitState.choices, default=VisitState.WAITING)
    counter = models.ForeignKey(Counter, models.PROTECT, null=True, related_name="visits")
    staff = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    arrived_at = models.DateTimeField("签到时间")
    due_at = models.DateTimeField("应叫时间")
    called_at = models.DateTimeField("叫号时间", null=True)
    calls = models.PositiveSmallIntegerField("叫号次数", default=0)
    served_at = models.DateTimeField("开始办理", null=True)
    finished_at = models.DateTimeField("结束时间", null=True)
    rated_at = models.DateTimeField("评价时间", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "到场"
        constraints = [
            models.UniqueConstraint(fields=["group", "day", "sequence"], name="visit_number_once"),
            models.UniqueConstraint(
                fields=["counter"],
                condition=Q(state__in=["called", "serving"]),
                name="counter_serves_one",
            ),
            models.CheckConstraint(name="visit_state", condition=Q(state__in=VisitState.values)),
        ]
        indexes = [
            models.Index(
                name="visit_waiting",
                fields=["group", "day", "due_at", "sequence"],
                condition=Q(state="waiting"),
            ),
            models.Index(name="visit_of_day", fields=["group", "day", "state"]),
        ]

    def __str__(self) -> str:
        return self.number


class VisitStep(models.Model):
    """What was done with a visit, when, where and by whom. Append-only."""

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="steps")
    action = models.CharField(max_length=12)
    at = models.DateTimeField()
    counter = models.ForeignKey(Counter, models.PROTECT, null=True, related_name="+")
    staff = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    note = models.CharField(max_length=100, blank=True, default="")

    class Meta:
        verbose_name = verbose_name_plural = "到场经过"
        ordering = ["id"]


class Device(models.Model):
    """A kiosk or a calling screen of a hall, paired once by a code that a manager reads out."""

    public_id = PublicIdField()
    hall = models.ForeignKey(Hall, models.PROTECT, related_name="devices")
    kind = models.CharField("类别", max_length=8, choices=DeviceKind.choices)
    name = models.CharField("名称", max_length=40)
    groups = models.ManyToManyField(CounterGroup, blank=True, related_name="devices")
    code_digest = models.CharField(max_length=64, default="")
    code_until = models.DateTimeField(null=True)
    token_hash = models.CharField(max_length=64, null=True, unique=True)
    paired_at = models.DateTimeField("配对时间", null=True)
    seen_at = models.DateTimeField("最近在线", null=True)
    revoked_at = models.DateTimeField("停用时间", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "大厅设备"

    def __str__(self) -> str:
        return self.name
