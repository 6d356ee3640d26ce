"""The demo city's map fits what is told elsewhere of its places."""

from zhijian.core.geo import Point
from zhijian.maps.rules import Polygon, holds

from . import city

REGIONS: dict[str, list[Polygon]] = {
    one["properties"]["region"]: [one["geometry"]["coordinates"]]
    for one in city.document("map.json")["features"]
    if one["properties"]["kind"] == "region"
}


def found(point: Point) -> set[str]:
    return {code for code, polygons in REGIONS.items() if holds(polygons, point)}


def test_every_region_below_the_city_is_drawn() -> None:
    regions = city.document("organizations.json")["regions"]
    assert set(REGIONS) == {row["code"] for row in regions if row["parent"]}


def test_halls_lie_in_their_districts() -> None:
    for hall in city.document("organizations.json")["halls"]:
        assert hall["region"] in found(Point(hall["latitude"], hall["longitude"])), hall["name"]


def test_tickets_lie_where_they_say() -> None:
    places = [row["place"] for row in city.document("tickets.json")["tickets"] if "place" in row]
    placed = [place for place in places if place["kind"] == "map"]
    assert len(placed) > 10
    for place in placed:
        assert place["region"] in found(Point(place["latitude"], place["longitude"])), place


def test_nothing_is_drawn_without_a_name_in_both_languages() -> None:
    for one in city.document("map.json")["features"]:
        assert one["properties"]["name"], one
        assert one["properties"]["name_en"], one
