"""What happened to a ticket: steps (append-only), pauses, extensions, co-handlers, followers."""

from django.db import models
from django.db.models import Q

from zhijian.core.fields import EncryptedText
from zhijian.lifecycle.models import ExtensionRequest
from zhijian.organizations.models import Department
from zhijian.tickets.models.ticket import Ticket
from zhijian.tickets.rules.acts import Action
from zhijian.tickets.rules.states import State


class TicketStep(models.Model):
    """One thing that was done. A trigger refuses change and removal.

    ``opinion`` stays in the office, ``note`` is for whoever asked. ``post`` names a post, never a person.
    """

    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="steps")
    at = models.DateTimeField("时间")
    action = models.CharField("动作", max_length=20, choices=Action.choices)
    from_state = models.CharField(max_length=12, choices=State.choices)
    to_state = models.CharField(max_length=12, choices=State.choices)
    actor_kind = models.CharField(max_length=10)
    actor_key = models.CharField(max_length=40)
    post = models.CharField("岗位", max_length=60)
    opinion = EncryptedText("内部意见", null=True)
    note = EncryptedText("告知反映人", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "诉求记录"
        indexes = [models.Index(name="ticket_steps", fields=["ticket", "id"])]

    def __str__(self) -> str:
        return f"{self.get_action_display()}"


class Pause(models.Model):
    """A time that does not count: somebody was asked for more. At most one is open."""

    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="pauses")
    question = EncryptedText("请补充")
    answer = EncryptedText("补充", default=str)
    started_at = models.DateTimeField("开始")
    ended_at = models.DateTimeField("结束", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "诉求暂停计时"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                name="ticket_one_open_pause", fields=["ticket"], condition=Q(ended_at__isnull=True)
            )
        ]


class Extension(ExtensionRequest):
    """A later end, asked by the department and decided by the dispatcher. At most one waits."""

    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="extensions")

    class Meta:
        verbose_name = verbose_name_plural = "诉求延期"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                name="ticket_one_pending_extension", fields=["ticket"], condition=Q(status="pending")
            ),
            models.CheckConstraint(name="ticket_extension_days", condition=Q(days__range=(1, 30))),
            models.CheckConstraint(
                name="ticket_extension_decided",
                condition=Q(status__in=["pending", "recalled"], decided_by__isnull=True)
                | (~Q(status__in=["pending", "recalled"]) & Q(decided_by__isnull=False)),
            ),
        ]


class CoHandling(models.Model):
    """Another department that helps; each is asked once a ticket."""

    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="co_handlings")
    department = models.ForeignKey(Department, models.PROTECT, related_name="+")
    request = EncryptedText("请协办的事")
    asked_at = models.DateTimeField()
    opinion = EncryptedText("协办意见", null=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = verbose_name_plural = "诉求协办"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(name="ticket_co_handler_once", fields=["ticket", "department"])
        ]


class Follower(models.Model):
    """Who wants to know how it ends: those who chose to, and those whose own ticket was merged into this one."""

    class Origin(models.TextChoices):
        FOLLOWED = "followed", "关注"
        REPORTED = "reported", "并案前的反映人"

    ticket = models.ForeignKey(Ticket, models.PROTECT, related_name="followers")
    citizen = models.ForeignKey("identity.Citizen", models.CASCADE, related_name="followed_tickets")
    origin = models.CharField(max_length=10, choices=Origin.choices, default=Origin.FOLLOWED)
    since = models.DateTimeField()

    class Meta:
        verbose_name = verbose_name_plural = "关注人"
        constraints = [models.UniqueConstraint(name="ticket_followed_once", fields=["ticket", "citizen"])]
        indexes = [models.Index(name="follower_of", fields=["citizen", "-id"])]
