"""Counts for the public and for leaders: one statement for ratings, one for orders, one a kind of handling."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db.models import Count as Number
from django.db.models import Q

from zhijian.catalog.models import ServiceItem
from zhijian.core.clock import now
from zhijian.organizations.models import Department, Hall
from zhijian.ratings.models import Rating, Rectification
from zhijian.ratings.queries.rectifications import due, in_time
from zhijian.ratings.rules.figures import Count
from zhijian.ratings.rules.rectification import State
from zhijian.ratings.subjects import kinds

PERIOD = timedelta(days=365)
_NOTHING = (0, 0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Tally:
    """Everything that counts of the last year, and the same by place and item."""

    total: Count
    departments: list[Count]
    halls: list[Count]
    items: list[Count]


@dataclass(slots=True)
class _Cell:
    stars: list[int] = field(default_factory=lambda: list(_NOTHING))
    handled: int = 0
    due: int = 0
    in_time: int = 0


_Cells = dict[tuple[str, Any], _Cell]


def tally() -> Tally:
    """Ratings that a supervisor found malicious or mistaken don't count."""
    cells: _Cells = defaultdict(_Cell)
    since = now() - PERIOD
    _ratings(cells, since)
    _orders(cells, since)
    for kind in kinds():
        for row in kind.handled(since=since):
            for place in _places(row.department_id, row.hall_id, row.item_code):
                cells[place].handled += row.count
    names = {
        "department": {row.pk: (row.code, row.name) for row in Department.objects.all()},
        "hall": {row.pk: (row.code, row.name) for row in Hall.objects.all()},
        "item": {code: (code, name) for code, name in ServiceItem.objects.values_list("code", "name")},
    }
    return Tally(
        total=_count("", "全市", cells[("total", None)]),
        departments=_named(cells, "department", names["department"]),
        halls=_named(cells, "hall", names["hall"]),
        items=_named(cells, "item", names["item"]),
    )


def _ratings(cells: _Cells, since: Any) -> None:
    counted = Rating.objects.filter(created_at__gte=since).exclude(rectification__state=State.DISMISSED)
    rows = counted.order_by().values_list("department_id", "hall_id", "item_code", "stars")
    for department, hall, item, stars, number in rows.annotate(Number("pk")):
        for place in _places(department, hall, item):
            cells[place].stars[stars - 1] += number


def _orders(cells: _Cells, since: Any) -> None:
    rows = (
        Rectification.objects.filter(opened_at__gte=since)
        .order_by()
        .values_list("department_id", "rating__hall_id", "rating__item_code")
        .annotate(expected=Number("pk", filter=due()), done=Number("pk", filter=due() & in_time()))
    )
    for department, hall, item, to_be_done, done in rows:
        for place in _places(department, hall, item):
            cells[place].due += to_be_done
            cells[place].in_time += done


def _places(department: int, hall: int | None, item: str) -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = [("total", None), ("department", department)]
    if hall is not None:
        found.append(("hall", hall))
    if item:
        found.append(("item", item))
    return found


def _named(cells: _Cells, kind: str, names: dict[Any, tuple[str, str]]) -> list[Count]:
    found = [_count(*names[key], cell) for (of, key), cell in cells.items() if of == kind and key in names]
    return sorted(found, key=lambda count: (-count.rated, count.code))


def _count(code: str, name: str, cell: _Cell) -> Count:
    one, two, three, four, five = cell.stars
    return Count(code, name, (one, two, three, four, five), cell.handled, cell.due, cell.in_time)


def published_outcomes(limit: int = 50) -> list[Rectification]:
    """What was put right lately, for everybody. One query."""
    rows = Rectification.objects.filter(state=State.PUBLISHED).select_related("rating__hall", "department")
    return list(rows.defer("rating__comment").order_by("-closed_at", "-id")[:limit])


def changed_since(moment: Any) -> bool:
    """Whether anything that the figures show happened after ``moment``. Two queries at most."""
    return (
        Rating.objects.filter(created_at__gt=moment).exists()
        or Rectification.objects.filter(Q(steps__at__gt=moment)).exists()
    )
