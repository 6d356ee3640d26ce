"""Citizens, their log-in codes and their sessions. Personal data is encrypted; look-ups go through blind indexes."""

from datetime import timedelta

from django.db import models
from django.db.models import Q

from zhijian.core.actor import Actor
from zhijian.core.fields import EncryptedText, PublicIdField
from zhijian.identity import rules


class Locale(models.TextChoices):
    CHINESE = "zh-CN", "简体中文"
    ENGLISH = "en", "English"


class Citizen(models.Model):
    """A natural person, known by phone; by name and id number too once the real-name check has passed."""

    public_id = PublicIdField()
    phone = EncryptedText("手机号")
    phone_index = models.CharField("手机号索引", max_length=64, unique=True)
    name = EncryptedText("姓名", blank=True, default=str)
    id_number = EncryptedText("身份证号", blank=True, default=str)
    id_index = models.CharField("身份证号索引", max_length=64, null=True, unique=True)
    real_name_level = models.PositiveSmallIntegerField("实名等级", default=0)
    real_name_at = models.DateTimeField("实名时间", null=True)
    checks_on = models.DateField("最近核验日", null=True)
    checks = models.PositiveSmallIntegerField("当日核验次数", default=0)
    locale = models.CharField("语言", max_length=8, choices=Locale.choices, default=Locale.CHINESE)
    elder_mode = models.BooleanField("长辈版", default=False)
    #: An invented person of the demo, whose codes anybody could read there: logs in there only.
    demo = models.BooleanField("演示人物", default=False, db_default=False)
    created_at = models.DateTimeField("注册时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "自然人"
        constraints = [
            models.CheckConstraint(name="citizen_real_name_level", condition=Q(real_name_level__in=[0, 1])),
            models.CheckConstraint(
                name="citizen_real_name_has_id",
                condition=Q(real_name_level=0) | Q(id_index__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)  # never the name: this may reach a log

    @property
    def actor(self) -> Actor:
        return Actor(kind="citizen", key=self.public_id, label="申请人")

    @property
    def real_name(self) -> bool:
        return self.real_name_level > 0

    @property
    def masked_name(self) -> str:
        return rules.mask_name(self.name)

    @property
    def masked_id(self) -> str:
        return rules.mask_id(self.id_number)

    @property
    def masked_phone(self) -> str:
        return rules.mask_phone(self.phone)


class LoginCode(models.Model):
    """A one-time code. Only its HMAC is stored, and only blind indexes of the phone and the caller's address."""

    LIFETIME = timedelta(minutes=5)

    phone_index = models.CharField(max_length=64)
    address_index = models.CharField(max_length=64)
    code_hash = models.CharField(max_length=64)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = verbose_name_plural = "登录验证码"
        indexes = [
            models.Index(name="login_code_phone", fields=["phone_index", "-created_at"]),
            models.Index(name="login_code_address", fields=["address_index", "-created_at"]),
        ]
        constraints = [
            models.CheckConstraint(
                name="login_code_attempts", condition=Q(attempts__lte=rules.CODE_ATTEMPTS)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"


class Session(models.Model):
    """A log-in on one device. The bearer token itself is known to the device alone; SHA-256 of it is here."""

    public_id = PublicIdField()
    citizen = models.ForeignKey(Citizen, models.CASCADE, related_name="sessions")
    token_hash = models.CharField(max_length=64, unique=True)
    device = models.CharField("设备", max_length=60, blank=True, default="")
    created_at = models.DateTimeField("登录时间")
    last_seen_at = models.DateTimeField("最近使用")
    expires_at = models.DateTimeField("到期时间")
    ended_at = models.DateTimeField("退出时间", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "登录会话"
        indexes = [
            models.Index(
                name="session_open", fields=["citizen", "-last_seen_at"], condition=Q(ended_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return str(self.public_id)


class Delegation(models.Model):
    """代办: ``agent`` may act for ``principal``, who agreed on their own phone and may end it at any time.

    ``relation`` is how the agent calls the principal (母亲). Asked, it lapses after a week without an answer.
    """

    LIFETIME = timedelta(days=7)

    public_id = PublicIdField()
    agent = models.ForeignKey(Citizen, models.CASCADE, related_name="acts_for", verbose_name="代办人")
    principal = models.ForeignKey(
        Citizen, models.CASCADE, related_name="represented_by", verbose_name="被代办人"
    )
    relation = EncryptedText("关系", default=str)
    asked_at = models.DateTimeField("申请时间")
    agreed_at = models.DateTimeField("同意时间", null=True)
    ended_at = models.DateTimeField("结束时间", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "代办关系"
        constraints = [
            models.UniqueConstraint(
                fields=["agent", "principal"], condition=Q(ended_at__isnull=True), name="delegation_once"
            ),
            models.CheckConstraint(name="delegation_of_another", condition=~Q(agent=models.F("principal"))),
        ]

    def __str__(self) -> str:
        return str(self.public_id)
