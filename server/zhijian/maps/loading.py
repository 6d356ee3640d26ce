"""Loads a city's map from one JSON document (see demo/map.json). Loading again replaces it."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any, Literal

from django.db import transaction
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from zhijian.core.actor import Actor
from zhijian.core.errors import FieldError
from zhijian.maps import errors
from zhijian.maps.actions import replace_map
from zhijian.maps.rules import Polygon
from zhijian.organizations.models import Region

Position = tuple[Annotated[float, Field(ge=-180, le=180)], Annotated[float, Field(ge=-90, le=90)]]
"""Longitude, latitude: GeoJSON's order."""
Ring = Annotated[list[Position], Field(min_length=4)]
Rings = Annotated[list[Ring], Field(min_length=1)]


class Kind(StrEnum):
    REGION = "region"
    WATER = "water"
    GREEN = "green"
    ROAD = "road"
    STREET = "street"
    RAIL = "rail"
    STATION = "station"
    PLACE = "place"


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Dot(_Part):
    type: Literal["Point"]
    coordinates: Position


class Line(_Part):
    type: Literal["LineString"]
    coordinates: Annotated[list[Position], Field(min_length=2)]


class Area(_Part):
    type: Literal["Polygon"]
    coordinates: Rings

    @property
    def polygons(self) -> list[list[list[Position]]]:
        return [self.coordinates]


class Areas(_Part):
    type: Literal["MultiPolygon"]
    coordinates: Annotated[list[Rings], Field(min_length=1)]

    @property
    def polygons(self) -> list[list[list[Position]]]:
        return self.coordinates


_SHAPES: dict[Kind, tuple[type[_Part], ...]] = {
    **dict.fromkeys((Kind.REGION, Kind.WATER, Kind.GREEN), (Area, Areas)),
    **dict.fromkeys((Kind.ROAD, Kind.STREET, Kind.RAIL), (Line,)),
    **dict.fromkeys((Kind.STATION, Kind.PLACE), (Dot,)),
}


class Properties(_Part):
    kind: Kind
    name: str = Field("", max_length=40)
    name_en: str = Field("", max_length=80)
    region: str = ""


class Feature(_Part):
    type: Literal["Feature"]
    properties: Properties
    geometry: Annotated[Dot | Line | Area | Areas, Field(discriminator="type")]

    @model_validator(mode="after")
    def _fits(self) -> "Feature":
        if not isinstance(self.geometry, _SHAPES[self.properties.kind]):
            raise ValueError(f"{self.properties.kind} 不能画成 {self.geometry.type}")
        if isinstance(self.geometry, Area | Areas):
            for ring in (ring for polygon in self.geometry.polygons for ring in polygon):
                if ring[0] != ring[-1]:
                    raise ValueError("图形要首尾相接")
        return self


class Map(_Part):
    credit: str = Field(min_length=1, max_length=80)
    credit_en: str = Field("", max_length=160)
    features: list[Feature]


@transaction.atomic
def load_map(actor: Actor, data: Mapping[str, Any]) -> int:
    """Draw and publish the map; returns of how many shapes. Raises MapWrong naming every fault; then nothing changes."""
    try:
        document = Map.model_validate(data)
    except ValidationError as error:
        raise errors.MapWrong(
            fields=[_fault(one["loc"], one["type"], one["msg"]) for one in error.errors()]
        ) from error
    regions = _regions(document.features)
    drawn = [one for one in document.features if one.properties.kind != Kind.REGION]
    replace_map(
        actor,
        credit=document.credit,
        credit_en=document.credit_en,
        features=[one.model_dump(mode="json") | {"properties": _shown(one)} for one in drawn],
        regions=regions,
    )
    return len(document.features)


def _shown(feature: Feature) -> dict[str, str]:
    return feature.properties.model_dump(mode="json", include={"kind", "name", "name_en"})


def _regions(features: list[Feature]) -> dict[Region, list[Polygon]]:
    known = {region.code: region for region in Region.objects.all()}
    found: dict[Region, list[Polygon]] = {}
    faults = []
    for place, feature in enumerate(features):
        if feature.properties.kind != Kind.REGION:
            continue
        region = known.get(feature.properties.region)
        if region is None or region in found:
            words = "没有这个区划" if region is None else "这个区划已经画过了"
            faults.append(_fault(("features", place, "properties", "region"), "region", words))
        elif isinstance(feature.geometry, Area | Areas):
            found[region] = list(feature.geometry.polygons)
    if faults:
        raise errors.MapWrong(fields=faults)
    return found


def _fault(place: tuple[Any, ...], code: str, message: str) -> FieldError:
    return FieldError("/" + "/".join(map(str, place)), code, message)
