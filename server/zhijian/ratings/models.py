"""Ratings 好差评: what people thought of a handling. Written once, never changed."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from zhijian.core.fields import EncryptedText, PublicIdField
from zhijian.identity.models import Citizen
from zhijian.organizations.models import Department


class Rating(models.Model):
    """One rating of one handling. ``stars`` 5 = best; a database trigger refuses UPDATE and DELETE."""

    public_id = PublicIdField()
    case_number = models.CharField("办件编号", max_length=40, unique=True)
    item_code = models.CharField("事项编码", max_length=24)
    citizen = models.ForeignKey(Citizen, models.PROTECT, related_name="ratings", verbose_name="评价人")
    department = models.ForeignKey(Department, models.PROTECT, related_name="ratings", verbose_name="部门")
    stars = models.PositiveSmallIntegerField("星级")
    tags = ArrayField(models.CharField(max_length=3), default=list, verbose_name="评价标签")
    dimensions = models.JSONField("分项", default=dict)
    comment = EncryptedText("文字评价", default=str)
    created_at = models.DateTimeField("评价时间", auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "好差评"
        constraints = [models.CheckConstraint(name="rating_stars", condition=Q(stars__gte=1, stars__lte=5))]
        indexes = [models.Index(name="rating_of_department", fields=["department", "-created_at"])]

    def __str__(self) -> str:
        return self.case_number
