"""Items in words."""

from collections.abc import Iterable

from django.db.models import QuerySet

from zhijian.catalog.models import ItemVersion
from zhijian.catalog.queries.items import current_versions


def item_names(codes: Iterable[str]) -> dict[str, str]:
    """The names of these items; none for one that is no longer in force. One statement, none for no code."""
    wanted = list(codes)
    if not wanted:
        return {}
    return dict(current_versions().filter(code__in=wanted).values_list("code", "name"))


def bookable_items() -> QuerySet[ItemVersion]:
    """Items in force that a hall can take bookings for."""
    return current_versions().filter(spec__bookable=True)
