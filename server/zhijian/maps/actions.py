"""The only writers of the map."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from zhijian.audit.actions import record
from zhijian.core.actor import Actor
from zhijian.core.geo import bounds_of
from zhijian.maps.documents import map_document
from zhijian.maps.models import SHEET, Outline, Sheet
from zhijian.maps.queries import city_bounds, outlines, sheet
from zhijian.maps.rules import Polygon, corners
from zhijian.organizations.models import Region
from zhijian.publishing.actions import publish_document


@transaction.atomic
def replace_map(
    actor: Actor,
    *,
    credit: str,
    credit_en: str,
    features: Sequence[Mapping[str, Any]],
    regions: Mapping[Region, Sequence[Polygon]],
) -> None:
    """Draw the city anew and publish it: ``features`` as GeoJSON, ``regions`` with their polygons."""
    values = {"credit": credit, "credit_en": credit_en, "features": list(features)}
    Sheet.objects.update_or_create(pk=SHEET, defaults=values)
    Outline.objects.all().delete()
    Outline.objects.bulk_create(_outline(region, polygons) for region, polygons in regions.items())
    compile_map()
    record(actor, "map.replaced", subject="map", facts={"features": len(features), "regions": len(regions)})


@transaction.atomic
def compile_map() -> None:
    """Publish the map from what is stored and configured."""
    publish_document("map", map_document(sheet(), outlines(), city_bounds()))


def _outline(region: Region, polygons: Sequence[Polygon]) -> Outline:
    box = bounds_of(corners(polygons))
    assert box is not None, "a region has corners"
    return Outline(
        region=region,
        polygons=polygons,
        south=box.south,
        west=box.west,
        north=box.north,
        east=box.east,
    )
