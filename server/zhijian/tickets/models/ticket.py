"""The ticket itself, its photos, and what keeps floods away."""

from datetime import UTC, datetime

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from zhijian.core.deadlines import LimitUnit
from zhijian.core.fields import EncryptedJSON, EncryptedText, PublicIdField
from zhijian.core.files import StoredFile
from zhijian.organizations.models import Department, Hall, Region
from zhijian.tickets.models.tables import Category
from zhijian.tickets.rules.kinds import Kind, PlaceKind
from zhijian.tickets.rules.states import OPEN, WITH_DEPARTMENT, State

#: Sorts after every due date: tickets whose clock stands still or has no end.
FAR_FUTURE = datetime(9999, 12, 31, tzinfo=UTC)
_staff = settings.AUTH_USER_MODEL


class Ticket(models.Model):
    """One 诉求. What the person wrote is sealed; ``words`` are keyed hashes of its words, so that likeness can be
    told without anything readable. Whoever stayed anonymous is not stored: ``receipt_hash`` is all that opens it.

    ``contact_due_at`` and ``due_at`` are computed when the clock starts, pauses or is extended; ``sort_at`` is the one
    that binds now. ``stars`` and ``rated_at`` are what the reporter said of the present handling; ``satisfied`` is whether
    what was said last counts as content. Ratings 好差评 alone write these. ``left_at``: when the reporter withdrew what
    others had reported too, so that it goes on for those.
    """

    public_id = PublicIdField()
    number = models.CharField("编号", max_length=40, unique=True)
    kind = models.CharField("类型", max_length=12, choices=Kind.choices)
    category = models.ForeignKey(Category, models.PROTECT, related_name="+", verbose_name="分类")
    state = models.CharField("状态", max_length=12, choices=State.choices, default=State.SUBMITTED)
    title = EncryptedText("标题")
    body = EncryptedText("内容")
    answers = EncryptedJSON("补充回答", default=dict)
    words = ArrayField(models.BigIntegerField(), default=list)
    digest = models.CharField(max_length=64)

    citizen = models.ForeignKey(
        "identity.Citizen", models.PROTECT, null=True, related_name="tickets", verbose_name="反映人"
    )
    receipt_hash = models.CharField(max_length=64, null=True, unique=True)
    share_consent = models.BooleanField("同意公开答复", default=False)

    place_kind = models.CharField("地点", max_length=10, choices=PlaceKind.choices, default=PlaceKind.NONE)
    latitude = models.FloatField("纬度（GCJ-02）", null=True)
    longitude = models.FloatField("经度（GCJ-02）", null=True)
    address = EncryptedText("地址", default=str)
    hall = models.ForeignKey(Hall, models.PROTECT, null=True, related_name="+")
    region = models.ForeignKey(Region, models.PROTECT, null=True, related_name="+")

    department = models.ForeignKey(
        Department, models.PROTECT, null=True, related_name="+", verbose_name="承办部门"
    )
    suggested = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name="建议部门")
    assignee = models.ForeignKey(_staff, models.PROTECT, null=True, related_name="+", verbose_name="承办人")
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="parts")
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")
    urgent = models.BooleanField("紧急", default=False)
    supervised_at = models.DateTimeField("督办时间", null=True)

    submitted_at = models.DateTimeField("提交时间")
    updated_at = models.DateTimeField("更新时间")
    contacted_at = models.DateTimeField("先行联系时间", null=True)
    replied_at = models.DateTimeField("答复时间", null=True)
    closed_at = models.DateTimeField("办结时间", null=True)
    left_at = models.DateTimeField("反映人撤回时间", null=True)
    reopen_until = models.DateTimeField("可重办至", null=True)
    reopened = models.PositiveSmallIntegerField("重办次数", default=0)
    reply = EncryptedText("答复", default=str)
    resolved = models.BooleanField("已解决", null=True)
    satisfied = models.BooleanField("满意", null=True)
    stars = models.PositiveSmallIntegerField("星级", null=True)
    rated_at = models.DateTimeField("评价时间", null=True)

    clock_started_at = models.DateTimeField("起算时间")
    contact_due_at = models.DateTimeField("联系期限", null=True)
    contact_warn_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField("答复期限", null=True)
    warn_at = models.DateTimeField(null=True)
    sort_at = models.DateTimeField(default=FAR_FUTURE)
    limit_value = models.PositiveSmallIntegerField(null=True)
    contact_value = models.PositiveSmallIntegerField(null=True)
    limit_unit = models.CharField(max_length=12, choices=LimitUnit.choices)
    contact_unit = models.CharField(max_length=12, choices=LimitUnit.choices)
    due_rule = models.CharField("计时规则", max_length=160, blank=True, default="")
    calendar_gap = models.PositiveSmallIntegerField("缺少的日历年度", null=True)
    overdue_told_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = verbose_name_plural = "诉求"
        constraints = [
            models.CheckConstraint(name="ticket_state_known", condition=Q(state__in=State.values)),
            models.CheckConstraint(name="ticket_kind_known", condition=Q(kind__in=Kind.values)),
            models.CheckConstraint(
                name="ticket_with_department",
                condition=~Q(state__in=sorted(WITH_DEPARTMENT)) | Q(department__isnull=False),
            ),
            models.CheckConstraint(
                name="ticket_merged_somewhere",
                condition=Q(state=State.MERGED, merged_into__isnull=False)
                | (~Q(state=State.MERGED) & Q(merged_into__isnull=True)),
            ),
            models.CheckConstraint(
                name="ticket_not_into_itself",
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")),
            ),
            models.CheckConstraint(
                name="ticket_somebody_can_read",
                condition=Q(citizen__isnull=False) | Q(receipt_hash__isnull=False) | Q(parent__isnull=False),
            ),
            models.CheckConstraint(
                name="ticket_anonymous_has_no_person",
                condition=Q(receipt_hash__isnull=True) | Q(citizen__isnull=True),
            ),
            models.CheckConstraint(
                name="ticket_point_whole",
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
            ),
            models.CheckConstraint(
                name="ticket_closed_when", condition=~Q(state=State.CLOSED) | Q(closed_at__isnull=False)
            ),
            models.CheckConstraint(
                name="ticket_replied_when", condition=~Q(state=State.REPLIED) | Q(replied_at__isnull=False)
            ),
        ]
        indexes = [
            models.Index(name="ticket_queue", fields=["sort_at", "id"], condition=Q(state__in=sorted(OPEN))),
            models.Index(
                name="ticket_of_department",
                fields=["department", "sort_at", "id"],
                condition=Q(state__in=sorted(OPEN)),
            ),
            models.Index(name="ticket_of_citizen", fields=["citizen", "-updated_at", "-id"]),
            models.Index(name="ticket_same_text", fields=["digest", "-submitted_at"]),
            models.Index(name="ticket_around", fields=["latitude", "longitude", "-submitted_at"]),
            models.Index(name="ticket_lately", fields=["-submitted_at"]),
            GinIndex(name="ticket_words", fields=["words"]),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def anonymous(self) -> bool:
        return self.citizen_id is None


class Photo(models.Model):
    """A picture, uploaded before its ticket exists. ``owner`` is the sender's key until then, and emptied after."""

    public_id = PublicIdField()
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="+")
    ticket = models.ForeignKey(Ticket, models.PROTECT, null=True, related_name="photos")
    owner = models.CharField(max_length=70, blank=True, default="")
    uploaded_at = models.DateTimeField()

    class Meta:
        verbose_name = verbose_name_plural = "诉求图片"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="photo_owned_or_given", condition=Q(ticket__isnull=False, owner="") | ~Q(owner="")
            )
        ]
        indexes = [
            models.Index(
                name="photo_waiting", fields=["owner", "uploaded_at"], condition=Q(ticket__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return str(self.public_id)


class Sending(models.Model):
    """That something was sent, for limits: blind indexes of device and address, kept for two days, and no way from
    here to the ticket."""

    sender = models.CharField(max_length=64)
    address = models.CharField(max_length=64)
    category = models.CharField(max_length=40)
    at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = verbose_name_plural = "诉求发送"
        indexes = [
            models.Index(name="sending_by", fields=["sender", "-at"]),
            models.Index(name="sending_from", fields=["address", "-at"]),
            models.Index(name="sending_about", fields=["category", "-at"]),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"
