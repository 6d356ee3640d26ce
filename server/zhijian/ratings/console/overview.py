"""好差评 by department, for who is responsible; and the list of poor ratings, without who gave them."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from zhijian.core.clock import now
from zhijian.organizations.access import requires, staff_of
from zhijian.organizations.queries import departments_in_scope
from zhijian.ratings.models import Rating
from zhijian.ratings.queries.figures import PERIOD, tally
from zhijian.ratings.queries.ratings import READERS, poor_ratings
from zhijian.ratings.rules import STAR_LABELS, TAGS
from zhijian.ratings.rules.figures import Count, Figure, figure
from zhijian.ratings.rules.rectification import State
from zhijian.ratings.subjects import label

TAG_WORDS = {tag.code: tag.label for tag in TAGS}


@dataclass(frozen=True, slots=True)
class Bar:
    """A department's ratings, drawn against the most rated one: parts from 5★ down, in per cent."""

    figure: Figure
    parts: tuple[tuple[int, int, float], ...]


@require_GET
@requires(*READERS)
def overview(request: HttpRequest) -> HttpResponse:
    """Within one's own departments nothing is kept back: the persons are unknown anyway, and somebody has to act."""
    staff = staff_of(request)
    codes = set(departments_in_scope(staff, *READERS).values_list("code", flat=True))
    counts = [count for count in tally().departments if count.code in codes]
    total = _sum(counts)
    context = {
        "at": now(),
        "days": PERIOD.days,
        "total": figure(total),
        "finding": finding(counts),
        "bars": bars(counts),
        "labels": [(stars, STAR_LABELS[stars][0]) for stars in range(5, 0, -1)],
    }
    return render(request, "ratings/overview.html", context)


@require_GET
@requires(*READERS)
def poor(request: HttpRequest) -> HttpResponse:
    staff = staff_of(request)
    code = request.GET.get("department", "")[:20]
    page = poor_ratings(staff, department=code, cursor=request.GET.get("cursor"))
    query = urlencode({"department": code, "cursor": page.next_cursor or ""})
    context = {
        "rows": [_row(rating) for rating in page.items],
        "departments": departments_in_scope(staff, *READERS).order_by("code"),
        "code": code,
        "next_url": f"{reverse('ratings_poor')}?{query}" if page.next_cursor else "",
    }
    return render(request, "ratings/poor.html", context)


def _row(rating: Rating) -> dict[str, Any]:
    order = rating.rectification
    return {
        "rating": rating,
        "kind": label(rating.kind),
        "stars": STAR_LABELS[rating.stars][0],
        "tags": [TAG_WORDS[code] for code in rating.tags],
        "order": order,
        "state": State(order.state).label,
    }


def bars(counts: list[Count]) -> list[Bar]:
    """The least satisfied first."""
    busy = [count for count in counts if count.rated]
    longest = max((count.rated for count in busy), default=1)
    drawn = [
        Bar(
            figure(count),
            tuple(
                (stars, count.by_star[stars - 1], round(100 * count.by_star[stars - 1] / longest, 2))
                for stars in range(5, 0, -1)
            ),
        )
        for count in busy
    ]
    return sorted(drawn, key=lambda bar: (bar.figure.satisfied or 0, -(bar.figure.rated or 0)))


def finding(counts: list[Count]) -> str:
    """The chart's title is what it says."""
    drawn = bars(counts)
    if not drawn:
        return "近一年还没有评价"
    total = figure(_sum(counts))
    if total.satisfied == 100:
        return f"{total.rated} 次评价，全部满意"
    worst = drawn[0].figure
    if len(drawn) == 1:
        return f"{total.rated} 次评价，满意率 {total.satisfied}%"
    return f"满意率 {total.satisfied}%；{worst.name}最低，{worst.satisfied}%"


def _sum(counts: list[Count]) -> Count:
    one, two, three, four, five = (sum(count.by_star[place] for count in counts) for place in range(5))
    return Count(
        code="",
        name="合计",
        by_star=(one, two, three, four, five),
        handled=sum(count.handled for count in counts),
        due=sum(count.due for count in counts),
        in_time=sum(count.in_time for count in counts),
    )
