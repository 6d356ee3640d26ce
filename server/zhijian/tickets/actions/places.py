"""Where it is: a point on the map, a hall, or an address in words."""

from dataclasses import dataclass
from typing import Any

from zhijian.core.errors import FieldError
from zhijian.core.geo import Point
from zhijian.core.words import tidy
from zhijian.maps.queries import city_bounds, region_at
from zhijian.organizations.models import Hall, Region
from zhijian.tickets import errors
from zhijian.tickets.models import Category
from zhijian.tickets.rules.kinds import PlaceKind, PlaceNeed

_ADDRESS_MAX = 200


@dataclass(frozen=True, slots=True)
class Place:
    """As it came. ``hall`` and ``region`` are codes."""

    kind: str = PlaceKind.NONE
    latitude: float | None = None
    longitude: float | None = None
    address: str = ""
    hall: str = ""
    region: str = ""


def locate(place: Place, category: Category) -> dict[str, Any]:
    """The fields of a ticket's place. Raises TicketWrong, OutsideCity."""
    kind = PlaceKind.NONE if category.place == PlaceNeed.NONE else place.kind
    if kind == PlaceKind.NONE and category.place == PlaceNeed.REQUIRED:
        raise _wrong("/place", "required", "请选择或填写地点")
    found: dict[str, Any] = {"place_kind": kind, "region": _region(place.region)}
    if kind == PlaceKind.MAP:
        found |= _point(place, named=found["region"] is not None)
    elif kind == PlaceKind.HALL:
        found |= _hall(place.hall)
    if kind in {PlaceKind.MAP, PlaceKind.ADDRESS}:
        found["address"] = tidy(place.address)[:_ADDRESS_MAX]
    if kind == PlaceKind.ADDRESS and len(found["address"]) < 4:
        raise _wrong("/place/address", "required", "请把地址写详细一些，方便现场查找")
    return found


def _point(place: Place, *, named: bool) -> dict[str, Any]:
    """``named``: the person said in which region it is."""
    if place.latitude is None or place.longitude is None:
        raise _wrong("/place", "required", "请在地图上选择位置")
    point = Point(place.latitude, place.longitude)
    here = {"latitude": point.latitude, "longitude": point.longitude}
    if region := None if named else region_at(point):
        return here | {"region": region}
    bounds = city_bounds()
    if bounds is not None and not bounds.hold(point):
        raise errors.OutsideCity(fields=[FieldError("/place", "outside", errors.OutsideCity.title)])
    return here


def _hall(code: str) -> dict[str, Any]:
    hall = Hall.objects.select_related("region").filter(code=code).first()
    if hall is None:
        raise _wrong("/place/hall", "choice", "请重新选择政务大厅")
    point = {"latitude": hall.latitude, "longitude": hall.longitude}
    return {"hall": hall, "region": hall.region, **(point if None not in point.values() else {})}


def _region(code: str) -> Region | None:
    if not code:
        return None
    region = Region.objects.filter(code=code).first()
    if region is None:
        raise _wrong("/place/region", "choice", "请重新选择所在区域")
    return region


def _wrong(path: str, code: str, message: str) -> errors.TicketWrong:
    return errors.TicketWrong(fields=[FieldError(path, code, message)])
