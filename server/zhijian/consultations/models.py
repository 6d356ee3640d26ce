"""Consultations 民意征集: what is asked, what was answered, and what came of it.

Answers and persons are kept apart (docs/adr/0021): nothing here refers to a citizen. Rows of one person's taking part
carry keyed digests, each of another purpose, so that no two tables can be joined without the keyring; keys are random,
so that no order tells who came when; an answer knows its day only.
"""

from django.db import models
from django.db.models import F, Q

from zhijian.consultations.rules.moderation import CommentState, HiddenReason, Outcome
from zhijian.consultations.rules.states import PUBLIC, State
from zhijian.core.clock import now
from zhijian.core.fields import EncryptedText, PublicIdField
from zhijian.core.files import StoredFile
from zhijian.organizations.models import Department


class Consultation(models.Model):
    """One consultation. ``content`` is a :class:`zhijian.consultations.spec.Content`; it is fixed once published."""

    public_id = PublicIdField()
    department = models.ForeignKey(
        Department, models.PROTECT, related_name="consultations", verbose_name="征集单位"
    )
    title = models.CharField("标题", max_length=120)
    summary = models.CharField("一句话说明", max_length=200, blank=True, default="")
    background = models.TextField("背景说明", max_length=10_000, blank=True, default="")
    audience = models.CharField("征集对象", max_length=200, blank=True, default="")
    contact = models.CharField("联系方式", max_length=200, blank=True, default="")
    concerns_enterprises = models.BooleanField("涉及企业生产经营", default=False)
    content = models.JSONField("内容", default=dict)
    opens_at = models.DateTimeField("开始时间", null=True, blank=True)
    closes_at = models.DateTimeField("结束时间", null=True, blank=True)
    short_reason = models.CharField("缩短期限的理由", max_length=500, blank=True, default="")
    state = models.CharField("状态", max_length=20, choices=State.choices, default=State.DRAFT)
    overview = models.TextField("反馈总述", max_length=5_000, blank=True, default="")
    created_at = models.DateTimeField("建立时间", default=now)
    published_at = models.DateTimeField("发布时间", null=True)
    answered_at = models.DateTimeField("公布采纳情况时间", null=True)
    severed_at = models.DateTimeField("答卷与身份脱离时间", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "民意征集"
        constraints = [
            models.CheckConstraint(name="consultation_state", condition=Q(state__in=State.values)),
            models.CheckConstraint(
                name="consultation_times_in_order",
                condition=Q(opens_at__isnull=True)
                | Q(closes_at__isnull=True)
                | Q(closes_at__gt=F("opens_at")),
            ),
            models.CheckConstraint(
                name="consultation_published_has_times",
                condition=~Q(state__in=PUBLIC)
                | Q(opens_at__isnull=False, closes_at__isnull=False, published_at__isnull=False),
            ),
            models.CheckConstraint(
                name="consultation_answered_is_severed",
                condition=~Q(state=State.ANSWERED) | Q(answered_at__isnull=False, severed_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                name="consultation_public", fields=["closes_at", "public_id"], condition=Q(state__in=PUBLIC)
            ),
            models.Index(name="consultation_desk", fields=["department", "-created_at"]),
        ]

    def __str__(self) -> str:
        return self.title


class Attachment(models.Model):
    """附件: a file that goes with the consultation."""

    public_id = PublicIdField()
    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="attachments")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    title = models.CharField("名称", max_length=100)

    class Meta:
        verbose_name = verbose_name_plural = "征集附件"
        ordering = ["id"]

    def __str__(self) -> str:
        return self.title


class Step(models.Model):
    """What staff did with a consultation. Append-only."""

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="steps")
    action = models.CharField("动作", max_length=20)
    actor_key = models.CharField(max_length=40)
    actor_label = models.CharField("办理人", max_length=60)
    note = models.CharField("说明", max_length=500, blank=True, default="")
    at = models.DateTimeField("时间", default=now)

    class Meta:
        verbose_name = verbose_name_plural = "征集办理记录"
        ordering = ["id"]

    def __str__(self) -> str:
        return self.action


class Participation(models.Model):
    """That some real person takes part; who, only the person's own log-in can compute. ``receipt`` recognises the
    same request sent again."""

    id = PublicIdField(primary_key=True)
    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="participations")
    pseudonym = models.CharField(max_length=64)
    receipt = models.CharField(max_length=64)

    class Meta:
        verbose_name = verbose_name_plural = "征集参与记录"
        constraints = [
            models.UniqueConstraint(name="consultation_once_a_person", fields=["consultation", "pseudonym"])
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Answer(models.Model):
    """One sheet. ``values``: chosen options by question; free words are comments. ``handle`` leads its author here and
    is gone once the feedback is out."""

    id = PublicIdField(primary_key=True)
    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="answers")
    handle = models.CharField(max_length=64, null=True)
    day = models.DateField("日期")
    values = models.JSONField("选择", default=dict)

    class Meta:
        verbose_name = verbose_name_plural = "答卷"
        constraints = [
            models.UniqueConstraint(name="consultation_answer_handle", fields=["consultation", "handle"])
        ]

    def __str__(self) -> str:
        return str(self.pk)


class CommentGroup(models.Model):
    """归并后的一组意见 with its answer: adopted or not, and why."""

    public_id = PublicIdField()
    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="groups")
    title = models.CharField("意见要点", max_length=200)
    outcome = models.CharField("采纳情况", max_length=10, choices=Outcome.choices, default=Outcome.OPEN)
    reply = models.TextField("理由", max_length=2_000, blank=True, default="")

    class Meta:
        verbose_name = verbose_name_plural = "意见分组"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(name="comment_group_outcome", condition=Q(outcome__in=Outcome.values)),
            models.CheckConstraint(
                name="comment_group_answered_says_why", condition=Q(outcome=Outcome.OPEN) | ~Q(reply="")
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Comment(models.Model):
    """Free words on a clause, on the whole ("") or in answer to a question; shown only after moderation.

    ``digest`` is keyed and of the text's plain form: equal ones were said more than once.
    """

    id = PublicIdField(primary_key=True)
    answer = models.ForeignKey(Answer, models.CASCADE, related_name="comments")
    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="comments")
    target = models.CharField("针对", max_length=20, blank=True, default="")
    text = EncryptedText("内容")
    digest = models.CharField(max_length=64)
    state = models.CharField(
        "状态", max_length=10, choices=CommentState.choices, default=CommentState.PENDING
    )
    reason = models.CharField(
        "不公开的理由", max_length=20, blank=True, default="", choices=HiddenReason.choices
    )
    group = models.ForeignKey(
        CommentGroup, models.SET_NULL, null=True, related_name="comments", verbose_name="分组"
    )

    class Meta:
        verbose_name = verbose_name_plural = "征集意见"
        constraints = [
            models.UniqueConstraint(name="comment_once_a_target", fields=["answer", "target"]),
            models.CheckConstraint(
                name="comment_hidden_has_reason",
                condition=Q(state=CommentState.HIDDEN, reason__in=HiddenReason.values)
                | Q(state__in=[CommentState.PENDING, CommentState.SHOWN], reason=""),
            ),
        ]
        indexes = [
            models.Index(name="comment_desk", fields=["consultation", "state", "id"]),
            models.Index(name="comment_same", fields=["consultation", "digest"]),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Contact(models.Model):
    """Who ticked 告诉我结果. ``citizen_key`` is sealed; only the message about the feedback opens it, then it's gone."""

    id = PublicIdField(primary_key=True)
    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="contacts")
    handle = models.CharField(max_length=64)
    citizen_key = EncryptedText("自然人")

    class Meta:
        verbose_name = verbose_name_plural = "征集结果告知"
        constraints = [
            models.UniqueConstraint(name="consultation_contact_once", fields=["consultation", "handle"])
        ]

    def __str__(self) -> str:
        return str(self.pk)
