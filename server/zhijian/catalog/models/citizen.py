from django.db import models

from zhijian.catalog.models.item import ServiceItem


class Favourite(models.Model):
    """收藏: an item that a citizen keeps at hand."""

    citizen = models.ForeignKey("identity.Citizen", models.CASCADE, related_name="favourites")
    item = models.ForeignKey(ServiceItem, models.CASCADE, related_name="favourites")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = "收藏"
        constraints = [models.UniqueConstraint(fields=["citizen", "item"], name="favourite_once")]
        indexes = [models.Index(fields=["citizen", "-created_at"], name="favourite_newest")]
