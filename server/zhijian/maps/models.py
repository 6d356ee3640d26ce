"""The city's own map: what is drawn, and how far each region reaches."""

from django.db import models
from django.db.models import F, Q

from zhijian.organizations.models import Region

SHEET = 1
"""There is one sheet in an installation."""


class Sheet(models.Model):
    """示意图: drawn where no tile service is configured. ``features`` is GeoJSON in GCJ-02."""

    credit = models.CharField("图注", max_length=80)
    credit_en = models.CharField("英文图注", max_length=160, blank=True, default="")
    features = models.JSONField("图形", default=list)

    class Meta:
        verbose_name = verbose_name_plural = "示意图"
        constraints = [models.CheckConstraint(name="map_has_one_sheet", condition=Q(pk=SHEET))]

    def __str__(self) -> str:
        return self.credit


class Outline(models.Model):
    """区划范围. ``polygons``: each a list of rings of [longitude, latitude], holes after the outer one; the box bounds them."""

    region = models.OneToOneField(
        Region, models.CASCADE, related_name="outline", verbose_name="区划", primary_key=True
    )
    polygons = models.JSONField("范围")
    south = models.FloatField()
    west = models.FloatField()
    north = models.FloatField()
    east = models.FloatField()

    class Meta:
        verbose_name = verbose_name_plural = "区划范围"
        constraints = [
            models.CheckConstraint(
                name="outline_has_an_area", condition=Q(south__lt=F("north"), west__lt=F("east"))
            )
        ]

    def __str__(self) -> str:
        return f"{self.region_id}"
