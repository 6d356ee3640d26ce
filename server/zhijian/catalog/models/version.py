from typing import Any, ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from zhijian.catalog.models.item import ServiceItem
from zhijian.catalog.spec import ItemSpec
from zhijian.core import item_codes


class _Validity(Func):
    function = "TSTZRANGE"
    output_field = DateTimeRangeField()


class ItemVersion(models.Model):
    """A published version: never changed, only ended. Cases, receipts and certificates point here."""

    item = models.ForeignKey(ServiceItem, models.PROTECT, related_name="versions", verbose_name="事项")
    number = models.PositiveIntegerField("版本号")
    code = models.CharField("实施编码", max_length=item_codes.LENGTH)
    name = models.CharField("事项名称", max_length=200)
    department = models.ForeignKey(
        "organizations.Department", models.PROTECT, related_name="+", verbose_name="实施主体"
    )
    spec = models.JSONField("实施清单")
    form = models.JSONField("编译后的表单")
    content_hash = models.CharField("内容摘要", max_length=64)
    document = models.CharField("发布文件", max_length=200)
    valid_from = models.DateTimeField("生效时间")
    valid_to = models.DateTimeField("失效时间", null=True, blank=True)
    end_reason = models.CharField("失效原因", max_length=200, blank=True, default="")
    published_at = models.DateTimeField("发布时间")
    published_by = models.CharField("发布岗位", max_length=80)

    class Meta:
        verbose_name = verbose_name_plural = "事项版本"
        ordering = ["item", "-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["item", "number"], name="item_version_number_once"),
            models.CheckConstraint(
                name="item_version_range",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
            ),
            ExclusionConstraint(
                name="item_versions_do_not_overlap",
                expressions=[
                    ("item", RangeOperators.EQUAL),
                    (_Validity("valid_from", "valid_to", RangeBoundary()), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["code"], name="item_version_current", condition=Q(valid_to__isnull=True))
        ]

    def __str__(self) -> str:
        return f"{self.name} 第{self.number}版"

    def typed(self) -> ItemSpec:
        """The specification as a typed value."""
        return ItemSpec.model_validate(self.spec)

    @property
    def label(self) -> dict[str, Any]:
        """What a case shows of the version it was made under."""
        return {"number": self.number, "hash": self.content_hash, "document": self.document}
