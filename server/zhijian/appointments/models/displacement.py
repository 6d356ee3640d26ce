"""Bookings whose place the hall took away, until they have another one."""

from django.db import models
from django.db.models import Q, TextChoices

from zhijian.appointments.models.booking import Booking, Slot
from zhijian.core.fields import PublicIdField


class Displacement(models.Model):
    """待改约: written in the transaction that takes the place away, settled one by one afterwards, so that nobody
    is forgotten when a process is killed half-way.

    ``slot`` is the place that is gone; with ``drops_seat`` only the seat is, and is removed once it is empty.
    """

    class Outcome(TextChoices):
        WAITING = "waiting", "待处理"
        MOVED = "moved", "已改约"
        CANCELLED = "cancelled", "已取消"
        KEPT = "kept", "不需处理"

    public_id = PublicIdField()
    booking = models.ForeignKey(Booking, models.PROTECT, related_name="displacements")
    slot = models.ForeignKey(Slot, models.PROTECT, related_name="displacements")
    drops_seat = models.BooleanField(default=False)
    reason = models.CharField("原因", max_length=200)
    actor_kind = models.CharField(max_length=8)
    actor_key = models.CharField(max_length=40)
    actor_label = models.CharField(max_length=80)
    at = models.DateTimeField("时间")
    outcome = models.CharField("结果", max_length=10, choices=Outcome.choices, default=Outcome.WAITING)
    settled_at = models.DateTimeField("处理时间", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "改约"
        constraints = [
            models.UniqueConstraint(
                fields=["booking"], condition=Q(outcome="waiting"), name="displaced_once_at_a_time"
            ),
            models.CheckConstraint(
                name="displacement_settled", condition=Q(outcome="waiting") ^ Q(settled_at__isnull=False)
            ),
        ]
        indexes = [
            models.Index(name="displacement_waiting", fields=["id"], condition=Q(outcome="waiting")),
        ]

    def __str__(self) -> str:
        return str(self.public_id)
