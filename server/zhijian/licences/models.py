"""Electronic licences and result documents 证照, and the numbers they are given."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from zhijian.core import item_codes
from zhijian.core.fields import EncryptedJSON, EncryptedText, PublicIdField
from zhijian.core.files.models import StoredFile
from zhijian.core.ids import new_id
from zhijian.identity.models import Citizen
from zhijian.licences import rules
from zhijian.organizations.models import Department


class Status(models.TextChoices):
    """What is stored; that a licence has expired follows from the day and is never stored."""

    VALID = "valid", "有效"
    REVOKED = "revoked", "已注销"


def _new_verify_code() -> str:
    return new_id(rules.VERIFY_CODE_LENGTH)


class Licence(models.Model):
    """A licence that a department issued to a citizen. ``valid_to`` is its last day; None = without term.

    ``content`` is what is printed (:class:`rules.Content`), as it was on the day of issue. ``file`` is set by the
    task that makes the PDF; ``digest`` is its SM3.
    """

    public_id = PublicIdField()
    citizen = models.ForeignKey(Citizen, models.PROTECT, related_name="licences", verbose_name="持证人")
    licence_type = models.CharField("证照类型", max_length=40)
    name = models.CharField("证照名称", max_length=100)
    number = models.CharField("证照编号", max_length=40, unique=True)
    item_code = models.CharField("事项编码", max_length=item_codes.LENGTH, blank=True, default="")
    case_number = models.CharField("办件编号", max_length=40, blank=True, default="")
    department = models.ForeignKey(
        Department, models.PROTECT, related_name="licences", verbose_name="颁发部门"
    )
    template = models.CharField("版式", max_length=40)
    content = EncryptedJSON("证照内容", default=dict)
    issued_on = models.DateField("颁发日期")
    valid_from = models.DateField("有效期起")
    valid_to = models.DateField("有效期止", null=True)
    status = models.CharField("状态", max_length=10, choices=Status.choices, default=Status.VALID)
    revoked_at = models.DateTimeField("注销时间", null=True)
    revoke_reason = EncryptedText("注销原因", default=str)
    verify_code = models.CharField("核验码", max_length=20, unique=True, default=_new_verify_code)
    file = models.OneToOneField(
        StoredFile, models.PROTECT, null=True, related_name="licence", verbose_name="文件"
    )
    digest = models.CharField("文件摘要（SM3）", max_length=64, blank=True, default="")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "证照"
        indexes = [
            models.Index(name="licence_held", fields=["citizen", "-issued_on", "-id"]),
            models.Index(
                name="licence_expiring",
                fields=["valid_to"],
                condition=Q(status="valid", valid_to__isnull=False),
            ),
        ]
        constraints = [
            # A case's result is issued once, however often its task is retried.
            models.UniqueConstraint(
                name="licence_once_a_case",
                fields=["case_number", "licence_type"],
                condition=~Q(case_number=""),
            ),
            models.CheckConstraint(name="licence_status", condition=Q(status__in=Status.values)),
            models.CheckConstraint(
                name="licence_term", condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from"))
            ),
            models.CheckConstraint(
                name="licence_revoked_when",
                condition=Q(status="revoked", revoked_at__isnull=False)
                | Q(status="valid", revoked_at__isnull=True),
            ),
            models.CheckConstraint(
                name="licence_file_has_digest", condition=Q(file__isnull=True) | ~Q(digest="")
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def verify_url(self) -> str:
        """The public page that the printed QR code opens."""
        return settings.PUBLIC_URL + rules.verify_path(self.verify_code)

    def state_on(self, day: date) -> rules.State:
        """What the licence is worth on ``day``."""
        return rules.state(self.status, self.valid_from, self.valid_to, day)


class LicenceSequence(models.Model):
    """The last number given out for a prefix in a year; the row is the lock."""

    prefix = models.CharField(max_length=10)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField()

    class Meta:
        verbose_name = verbose_name_plural = "证照编号序列"
        constraints = [models.UniqueConstraint(name="licence_sequence_once", fields=["prefix", "year"])]

    def __str__(self) -> str:
        return f"{self.prefix}{self.year}"
