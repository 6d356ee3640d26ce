"""电子监察: what is overdue and near due, by department. Nothing of applicants appears here."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from zhijian.cases.console.rows import watched_rows
from zhijian.cases.queries.desk import watched
from zhijian.cases.queries.supervision import DepartmentFigures, figures_by_department
from zhijian.core.clock import now
from zhijian.core.lights import Light
from zhijian.organizations.access import requires, staff_of
from zhijian.organizations.queries import holdings
from zhijian.organizations.rules import Post

_LISTS = {Light.RED.value: "超期办件", Light.YELLOW.value: "临期办件", "": "全部在办办件"}


@dataclass(frozen=True, slots=True)
class Part:
    light: str
    count: int
    share: float


@dataclass(frozen=True, slots=True)
class Bar:
    """One department: its parts in the order overdue, near due, in time, paused. ``share`` is per cent of the longest."""

    name: str
    url: str
    total: int
    parts: tuple[Part, ...]

    @property
    def short_name(self) -> str:
        return self.name.removeprefix(settings.CITY_NAME) or self.name


@dataclass(frozen=True, slots=True)
class Tile:
    words: str
    icon: str
    count: int
    light: str
    url: str


@requires(Post.SUPERVISOR)
def supervision(request: HttpRequest) -> HttpResponse:
    staff = staff_of(request)
    light, code = request.GET.get("light", ""), request.GET.get("department", "")
    light = light if light in _LISTS else ""
    departments = figures_by_department(staff)
    chosen = next((row for row in departments if row.code == code), None)
    page = watched(staff, light=light, department=code, cursor=request.GET.get("cursor"))
    context = {
        "scope": "、".join(
            str(one.department or one.region) for one in holdings(staff) if one.post == Post.SUPERVISOR
        ),
        "at": now(),
        "tiles": _tiles(departments),
        "finding": finding(departments),
        "departments": bars(departments),
        "list_title": f"{chosen.name}：{_LISTS[light]}" if chosen else _LISTS[light],
        "narrowed": bool(light or code),
        "cases": watched_rows(page.items),
        "next_url": _url(light=light, department=code, cursor=page.next_cursor) if page.next_cursor else "",
    }
    return render(request, "cases/supervision.html", context)


def finding(rows: list[DepartmentFigures]) -> str:
    """The chart's title is what it says."""
    overdue, near = sum(row.overdue for row in rows), sum(row.near_due for row in rows)
    total = sum(row.open for row in rows)
    if not total:
        return "现在没有在办的办件"
    if not overdue and not near:
        return f"{total} 件在办，全部在时限之内"
    if not overdue:
        worst = max(rows, key=lambda row: row.near_due)
        return f"没有超期；{near} 件临期，{worst.name}最多（{worst.near_due} 件）"
    worst = max(rows, key=lambda row: row.overdue)
    return f"{overdue} 件已超期，{worst.name}最多（{worst.overdue} 件）；另有 {near} 件临期"


def bars(rows: list[DepartmentFigures]) -> list[Bar]:
    """Departments with open cases, the worst first, drawn against the longest."""
    busy = [row for row in rows if row.open]
    longest = max((row.open for row in busy), default=1)
    return [_bar(row, longest) for row in busy]


def _bar(row: DepartmentFigures, longest: int) -> Bar:
    calm = max(0, row.open - row.overdue - row.near_due - row.paused)
    counts = {"red": row.overdue, "yellow": row.near_due, "green": calm, "paused": row.paused}
    return Bar(
        name=row.name,
        url=_url(department=row.code),
        total=row.open,
        parts=tuple(Part(light, count, round(100 * count / longest, 2)) for light, count in counts.items()),
    )


def _tiles(rows: list[DepartmentFigures]) -> list[Tile]:
    decided, in_time = sum(row.decided for row in rows), sum(row.decided_in_time for row in rows)
    rate = round(100 * in_time / decided) if decided else 100
    return [
        Tile("超期", "octagon-alert", sum(row.overdue for row in rows), "red", _url(light="red")),
        Tile("临期", "triangle-alert", sum(row.near_due for row in rows), "yellow", _url(light="yellow")),
        Tile("在办", "inbox", sum(row.open for row in rows), "", _url()),
        Tile("近30天按时办结率（%）", "circle-check", rate, "", _url()),
    ]


def _url(**wanted: str | None) -> str:
    query = urlencode({name: value for name, value in wanted.items() if value})
    return f"{reverse('cases_supervision')}?{query}" if query else reverse("cases_supervision")
