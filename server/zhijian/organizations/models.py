"""Regions, departments, halls, staff and their posts."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import Q

from zhijian.core.actor import Actor
from zhijian.core.fields import PublicIdField
from zhijian.organizations import rules
from zhijian.organizations.rules import Post


class Region(models.Model):
    """行政区划 (GB/T 2260, below the county GB/T 10114)."""

    code = models.CharField("区划代码", max_length=12, unique=True)
    name = models.CharField("名称", max_length=60)
    name_en = models.CharField("英文名称", max_length=120, blank=True, default="")
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="上级区划"
    )

    class Meta:
        verbose_name = verbose_name_plural = "区划"
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class Department(models.Model):  # type: ignore[django-manager-missing]  # Wagtail's side of it is untyped
    """实施主体: a department that handles items; the centre reviews what the others publish."""

    code = models.SlugField("代码", max_length=20, unique=True)
    name = models.CharField("名称", max_length=80)
    name_en = models.CharField("英文名称", max_length=160, blank=True, default="")
    short_name = models.CharField("简称", max_length=30)
    credit_code = models.CharField("统一社会信用代码", max_length=18, blank=True, default="")
    region = models.ForeignKey(Region, models.PROTECT, related_name="departments", verbose_name="所属区划")
    phone = models.CharField("咨询电话", max_length=30, blank=True, default="")
    address = models.CharField("地址", max_length=200, blank=True, default="")
    is_centre = models.BooleanField("政务服务中心", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "部门"
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class Hall(models.Model):
    """政务服务大厅. ``hours``: [{"days": "1-5", "from": "09:00", "to": "12:00"}], days 1 (Monday) to 7."""

    code = models.SlugField("代码", max_length=20, unique=True)
    name = models.CharField("名称", max_length=80)
    name_en = models.CharField("英文名称", max_length=160, blank=True, default="")
    region = models.ForeignKey(Region, models.PROTECT, related_name="halls", verbose_name="所属区划")
    address = models.CharField("地址", max_length=200)
    address_en = models.CharField("英文地址", max_length=300, blank=True, default="")
    latitude = models.FloatField("纬度", null=True, blank=True)
    longitude = models.FloatField("经度", null=True, blank=True)
    phone = models.CharField("电话", max_length=30, blank=True, default="")
    hours = models.JSONField("开放时间", default=list, blank=True)
    transit = models.CharField("公交地铁", max_length=200, blank=True, default="")

    class Meta:
        verbose_name = verbose_name_plural = "大厅"
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class StaffManager(BaseUserManager["Staff"]):
    """What Django's own log-in machinery asks of a user manager."""

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> "Staff":
        staff = self.model(username=username, **fields)
        staff.set_password(password)
        staff.save(using=self._db)
        return staff

    def create_superuser(self, username: str, password: str | None = None, **fields: Any) -> "Staff":
        return self.create_user(username, password, is_staff=True, is_superuser=True, **fields)


class Staff(AbstractBaseUser, PermissionsMixin):  # type: ignore[django-manager-missing]
    """工作人员: the console's user. What they may do follows from the posts they hold."""

    public_id = PublicIdField()
    username = models.CharField("用户名", max_length=60, unique=True)
    name = models.CharField("姓名", max_length=60)
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="staff", verbose_name="部门"
    )
    is_active = models.BooleanField("在岗", default=True)
    is_staff = models.BooleanField("可登录管理后台", default=False)
    #: Made for the demo, with a published password: logs in there only.
    demo = models.BooleanField("演示账号", default=False, db_default=False)
    joined_at = models.DateTimeField("建立时间", auto_now_add=True)

    objects: ClassVar[StaffManager] = StaffManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    email = ""  # Wagtail offers to write to a user who has one; nobody here does.

    class Meta:
        verbose_name = verbose_name_plural = "工作人员"
        ordering = ["username"]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name

    @property
    def first_name(self) -> str:
        """Wagtail's side bar greets by this."""
        return self.name

    @property
    def last_name(self) -> str:
        return ""

    @property
    def actor(self) -> Actor:
        """Who acts, when the action isn't done in a certain post."""
        place = self.department.short_name if self.department else ""
        return Actor(kind="staff", key=self.public_id, label=f"{place}工作人员")

    def actor_as(self, post: str) -> Actor:
        """Who acts, named by the post that allows the action."""
        place = self.department.short_name if self.department else ""
        return Actor(kind="staff", key=self.public_id, label=f"{place}{rules.label(post)}")


class PostHolding(models.Model):
    """任岗: a post held for one department, or for a region with all below it."""

    staff = models.ForeignKey(Staff, models.CASCADE, related_name="holdings", verbose_name="工作人员")
    post = models.CharField("岗位", max_length=20, choices=Post.choices)
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="holdings", verbose_name="部门"
    )
    region = models.ForeignKey(
        Region, models.PROTECT, null=True, blank=True, related_name="holdings", verbose_name="区划"
    )
    granted_at = models.DateTimeField("授予时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "任岗"
        ordering = ["post", "id"]
        constraints = [
            models.CheckConstraint(
                name="post_has_one_scope",
                condition=Q(department__isnull=False, region__isnull=True)
                | Q(department__isnull=True, region__isnull=False),
            ),
            models.CheckConstraint(name="post_is_known", condition=Q(post__in=Post.values)),
            models.UniqueConstraint(
                name="post_once_a_scope",
                fields=["staff", "post", "department", "region"],
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_post_display()}·{self.department or self.region}"


class News(models.Model):
    """What others did with a person's work, until that person opens it (see :mod:`zhijian.organizations.news`)."""

    staff = models.ForeignKey(Staff, models.CASCADE, related_name="news", verbose_name="工作人员")
    kind = models.CharField("种类", max_length=20)
    key = models.CharField("编号", max_length=40)
    words = models.CharField("内容", max_length=120)
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "与本人有关的变化"

    def __str__(self) -> str:
        return self.words
