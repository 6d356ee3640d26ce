"""What everybody may read of a ticket: a masked text that a person has confirmed."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from zhijian.core.fields import EncryptedText, PublicIdField
from zhijian.tickets.models.ticket import Ticket

_staff = settings.AUTH_USER_MODEL


class Publication(models.Model):
    """``draft_*`` is being worked on and sealed, and waits for confirmation while ``pending``; ``title``, ``question`` and ``answer`` are what was confirmed, in
    clear. ``answer`` is empty until there is one. ``knowledge``: also found among the answers."""

    class Status(models.TextChoices):
        DRAFT = "draft", "待核定"
        CONFIRMED = "confirmed", "已公开"
        WITHDRAWN = "withdrawn", "已停止公开"

    public_id = PublicIdField()
    ticket = models.OneToOneField(Ticket, models.PROTECT, related_name="publication")
    status = models.CharField("状态", max_length=10, choices=Status.choices, default=Status.DRAFT)
    pending = models.BooleanField("待核定", default=True)
    draft_title = EncryptedText("标题（拟稿）")
    draft_question = EncryptedText("诉求（拟稿）")
    draft_answer = EncryptedText("答复（拟稿）", default=str)
    draft_knowledge = models.BooleanField(default=False)
    title = models.CharField("标题", max_length=200, blank=True, default="")
    question = models.TextField("诉求", blank=True, default="")
    answer = models.TextField("答复", blank=True, default="")
    knowledge = models.BooleanField("编入答复库", default=False)
    words = ArrayField(models.CharField(max_length=50), default=list)
    prepared_by = models.ForeignKey(_staff, models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(_staff, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField("核定时间", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "公开稿"
        constraints = [
            models.CheckConstraint(
                name="publication_confirmed_by_a_person",
                condition=~Q(status="confirmed")
                | (Q(confirmed_by__isnull=False, confirmed_at__isnull=False) & ~Q(title="")),
            ),
            models.CheckConstraint(
                name="publication_nothing_before_confirmation",
                condition=Q(confirmed_by__isnull=False) | Q(title="", question="", answer=""),
            ),
        ]
        indexes = [
            models.Index(
                name="publication_latest",
                fields=["-confirmed_at", "-id"],
                condition=Q(status="confirmed"),
            ),
            GinIndex(name="publication_words", fields=["words"], condition=Q(status="confirmed")),
        ]

    def __str__(self) -> str:
        return str(self.public_id)
