"""Rushes: dates that many want at once (5·20, school enrolment). A queue with an honest position, or a fair draw."""

from django.db import models
from django.db.models import F, Q

from zhijian.appointments.models.booking import Booking
from zhijian.appointments.rules.states import RushMode
from zhijian.core import item_codes
from zhijian.core.fields import EncryptedText, PublicIdField
from zhijian.identity.models import Citizen
from zhijian.organizations.models import Region


class Rush(models.Model):
    """抢号场次 over the slots that name it.

    Queue: from ``opens_at`` on ``per_second`` people a second are let in, in the order of their position, each for
    ``window_minutes``: who is in follows from the time alone. Draw: whoever joined between ``opens_at`` and
    ``closes_at`` has the same chance; ``seed_digest`` is published before, ``seed`` after, so that anyone can
    compute the order again.
    """

    public_id = PublicIdField()
    name = models.CharField("名称", max_length=60)
    name_en = models.CharField("英文名称", max_length=120, blank=True, default="")
    item_code = models.CharField("事项编码", max_length=item_codes.LENGTH)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    first_date = models.DateField("首日")
    last_date = models.DateField("末日")
    mode = models.CharField("方式", max_length=6, choices=RushMode.choices, default=RushMode.QUEUE)
    joins_from = models.DateTimeField("可以排队")
    opens_at = models.DateTimeField("开始放号")
    closes_at = models.DateTimeField("结束")
    per_second = models.PositiveIntegerField("每秒放行", default=50)
    window_minutes = models.PositiveSmallIntegerField("入场后可预约（分钟）", default=10)
    joined = models.BigIntegerField("已排队", default=0)
    seed = EncryptedText("种子", default=str)
    seed_digest = models.CharField("种子摘要", max_length=64, default="")
    drawn_at = models.DateTimeField("抽签时间", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "抢号场次"
        ordering = ["-opens_at"]
        constraints = [
            models.CheckConstraint(
                name="rush_times",
                condition=Q(joins_from__lte=F("opens_at"), opens_at__lt=F("closes_at")),
            ),
            models.CheckConstraint(name="rush_dates", condition=Q(last_date__gte=F("first_date"))),
            models.CheckConstraint(name="rush_pace", condition=Q(per_second__gte=1, window_minutes__gte=1)),
        ]

    def __str__(self) -> str:
        return self.name


class QueueEntry(models.Model):
    """A place in a rush's queue or draw. ``wishes``: public ids of slots, in order of preference (draw only)."""

    public_id = PublicIdField()
    rush = models.ForeignKey(Rush, models.PROTECT, related_name="entries")
    citizen = models.ForeignKey(Citizen, models.PROTECT, related_name="+")
    position = models.BigIntegerField("序号")
    joined_at = models.DateTimeField("排队时间")
    wishes = models.JSONField("意愿", default=list)
    rank = models.BigIntegerField("抽签名次", null=True)
    booking = models.OneToOneField(Booking, models.PROTECT, null=True, related_name="queue_entry")

    class Meta:
        verbose_name = verbose_name_plural = "排队"
        constraints = [
            models.UniqueConstraint(fields=["rush", "citizen"], name="queue_entry_once"),
            models.UniqueConstraint(fields=["rush", "position"], name="queue_position_once"),
        ]
