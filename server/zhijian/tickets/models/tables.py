"""What the city decides and dispatchers edit: categories, limits, routing, reply templates."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from zhijian.core.deadlines import Limit, LimitUnit
from zhijian.core.fields import PublicIdField
from zhijian.organizations.models import Department
from zhijian.tickets.rules.kinds import Kind, PlaceNeed
from zhijian.tickets.rules.sla import UNITS, Terms


class SlaRule(models.Model):
    """时限: how soon to get in touch and to answer. ``extension_days``: working days an answer may be put off."""

    code = models.SlugField("代码", max_length=30, unique=True)
    name = models.CharField("名称", max_length=40)
    contact_value = models.PositiveSmallIntegerField("联系时限")
    contact_unit = models.CharField(max_length=12, choices=LimitUnit.choices)
    answer_value = models.PositiveSmallIntegerField("答复时限")
    answer_unit = models.CharField(max_length=12, choices=LimitUnit.choices)
    extension_days = models.PositiveSmallIntegerField("最多延期（工作日）", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "诉求时限"
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                name="sla_positive",
                condition=Q(contact_value__gte=1, answer_value__gte=1, extension_days__lte=30),
            ),
            models.CheckConstraint(
                name="sla_units",
                condition=Q(contact_unit__in=UNITS, answer_unit__in=UNITS),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def terms(self) -> Terms:
        return Terms(
            self.name,
            Limit(self.contact_value, self.contact_unit),
            Limit(self.answer_value, self.answer_unit),
            self.extension_days,
        )


class Category(models.Model):
    """分类: a tree within each kind. Only leaves take tickets; ``form`` is ``questions`` compiled."""

    code = models.SlugField("代码", max_length=40, unique=True)
    kind = models.CharField("类型", max_length=12, choices=Kind.choices)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="children", verbose_name="上级分类"
    )
    name = models.CharField("名称", max_length=40)
    name_en = models.CharField(max_length=80, blank=True, default="")
    hint = models.CharField("提示", max_length=200, blank=True, default="")
    place = models.CharField("地点", max_length=10, choices=PlaceNeed.choices, default=PlaceNeed.OPTIONAL)
    questions: models.JSONField[Any, Any] = models.JSONField("提问", default=dict)
    form: models.JSONField[Any, Any] = models.JSONField(default=dict)
    sla = models.ForeignKey(SlaRule, models.PROTECT, related_name="categories", verbose_name="时限")
    urgent = models.BooleanField("紧急", default=False)
    public_default = models.BooleanField("默认公开", default=False)
    reopen_days = models.PositiveSmallIntegerField("可重办天数", default=15)
    active = models.BooleanField("启用", default=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = verbose_name_plural = "诉求分类"
        ordering = ["order", "code"]
        constraints = [
            models.CheckConstraint(name="category_kind_known", condition=Q(kind__in=Kind.values)),
            models.CheckConstraint(
                name="category_not_its_parent", condition=Q(parent__isnull=True) | ~Q(parent=F("id"))
            ),
        ]

    def __str__(self) -> str:
        return self.name


class RoutingRule(models.Model):
    """派单规则: the first that matches, by ``position``. Empty lists match everything."""

    public_id = PublicIdField()
    position = models.PositiveSmallIntegerField("次序", unique=True)
    name = models.CharField("名称", max_length=60)
    kinds = ArrayField(models.CharField(max_length=12), default=list, blank=True, verbose_name="类型")
    categories = ArrayField(models.CharField(max_length=40), default=list, blank=True, verbose_name="分类")
    regions = ArrayField(models.CharField(max_length=12), default=list, blank=True, verbose_name="区划")
    starts = models.TimeField("开始", null=True)
    ends = models.TimeField("结束", null=True)
    working = models.BooleanField("只在工作日", null=True)
    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name="承办部门")
    auto = models.BooleanField("自动派单", default=False)
    active = models.BooleanField("启用", default=True)

    class Meta:
        verbose_name = verbose_name_plural = "派单规则"
        ordering = ["position"]
        constraints = [
            models.CheckConstraint(
                name="routing_times_together",
                condition=Q(starts__isnull=True, ends__isnull=True)
                | Q(starts__isnull=False, ends__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ReplyTemplate(models.Model):
    """答复模板 with the variables of :data:`rules.wording.VARIABLES`. No category: offered for all of its kind."""

    code = models.SlugField("代码", max_length=40, unique=True)
    name = models.CharField("名称", max_length=40)
    kind = models.CharField("类型", max_length=12, choices=Kind.choices, blank=True, default="")
    category = models.ForeignKey(Category, models.PROTECT, null=True, related_name="+", verbose_name="分类")
    text = models.TextField("内容", max_length=2000)

    class Meta:
        verbose_name = verbose_name_plural = "答复模板"
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name
