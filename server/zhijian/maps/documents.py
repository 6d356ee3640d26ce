"""What the app draws: the document ``map``. Its shape is the app's contract."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from zhijian.core.geo import Bounds
from zhijian.maps.adapters.registry import described
from zhijian.maps.models import Outline, Sheet

JSON = dict[str, Any]


def map_document(sheet: Sheet | None, outlines: Iterable[Outline], bounds: Bounds | None) -> JSON:
    """``features``: GeoJSON in GCJ-02, regions first. ``tiles``: how to ask for pictures; None where there are none."""
    return {
        "bounds": asdict(bounds) if bounds else None,
        "credit": sheet.credit if sheet else "",
        "credit_en": sheet.credit_en if sheet else "",
        "features": features(sheet, outlines),
        "tiles": described(),
    }


def features(sheet: Sheet | None, outlines: Iterable[Outline]) -> list[JSON]:
    """All that is drawn, as GeoJSON in GCJ-02: regions first."""
    return [*(_region(one) for one in outlines), *(sheet.features if sheet else [])]


def _region(outline: Outline) -> JSON:
    region = outline.region
    return {
        "type": "Feature",
        "properties": {
            "kind": "region",
            "code": region.code,
            "name": region.name,
            "name_en": region.name_en,
            "level": _level(region.code),
        },
        "geometry": {"type": "MultiPolygon", "coordinates": outline.polygons},
    }


def _level(code: str) -> int:
    """How deep a region lies: 1 a city or county, 2 what is below six digits (GB/T 10114)."""
    return 1 if len(code) == 6 else 2
