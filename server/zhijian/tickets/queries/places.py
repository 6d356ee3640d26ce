"""Where the city is."""

from zhijian.organizations.models import Hall
from zhijian.tickets.rules.places import Bounds, bounds_of
from zhijian.tickets.rules.similarity import Point


def city_bounds() -> Bounds | None:
    """The box that places must lie in: around the halls. None where no hall has a place."""
    halls = Hall.objects.filter(latitude__isnull=False, longitude__isnull=False)
    pairs = halls.values_list("latitude", "longitude")
    return bounds_of(Point(up, along) for up, along in pairs if up is not None and along is not None)
