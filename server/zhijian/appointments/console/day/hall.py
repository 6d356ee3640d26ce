"""大厅当日: bookings by group and slot, counters, waits; the same as a workbook."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from zhijian.appointments.console.day.workbook import day_workbook
from zhijian.appointments.queries import day as queries
from zhijian.appointments.queries import report
from zhijian.audit.actions import record
from zhijian.core.clock import today
from zhijian.core.dates import read_day
from zhijian.core.errors import NotFound
from zhijian.core.sheets import XLSX, attachment
from zhijian.organizations.access import requires, staff_of
from zhijian.organizations.models import Hall
from zhijian.organizations.rules import Post


@dataclass(frozen=True, slots=True)
class Tile:
    words: str
    icon: str
    count: Any
    light: str = ""


@require_GET
@requires(Post.HALL_MANAGER)
def page(request: HttpRequest) -> HttpResponse:
    halls = list(queries.halls_visible_to(staff_of(request)))
    hall, day = _asked(request, halls)
    context: dict[str, Any] = {"halls": halls, "hall": hall, "day": day, "present": day == today()}
    context |= {"before": day - timedelta(days=1), "after": day + timedelta(days=1)}
    if hall is not None:
        groups = report.groups_report(hall, day)
        context |= {
            "groups": groups,
            "counters": report.counter_loads(hall, day),
            "tiles": _tiles(groups),
            "finding": finding(groups),
        }
    return render(request, "appointments/day/hall.html", context)


@require_GET
@requires(Post.HALL_MANAGER)
def export(request: HttpRequest) -> HttpResponse:
    """What was booked and what became of it; of persons the masked name only. Audited."""
    staff = staff_of(request)
    hall, day = _asked(request, list(queries.halls_visible_to(staff)))
    if hall is None:
        raise NotFound
    content = day_workbook(
        report.booking_lines(hall, day), report.groups_report(hall, day), report.counter_loads(hall, day)
    )
    actor = staff.actor_as(Post.HALL_MANAGER)
    record(actor, "hall_day.exported", subject=f"hall:{hall.code}", facts={"day": day.isoformat()})
    return attachment(content, kind=XLSX, name=f"{hall.code}-{day.isoformat()}.xlsx")


def finding(groups: list[report.GroupDayReport]) -> str:
    """The title is what the figures say."""
    booked, missed = sum(group.booked for group in groups), sum(group.missed for group in groups)
    waiting = sum(group.waiting for group in groups)
    parts = [f"预约 {booked} 人" if booked else "没有预约"]
    if missed:
        parts.append(f"{missed} 人未到（{round(100 * missed / booked)}%）")
    if waiting:
        longest = max(groups, key=lambda group: group.waiting)
        parts.append(f"现在 {waiting} 人等候，{longest.name}最多（{longest.waiting} 人）")
    return "；".join(parts)


def _tiles(groups: list[report.GroupDayReport]) -> list[Tile]:
    lines = [line for group in groups for line in group.slots]
    waiting, missed = sum(group.waiting for group in groups), sum(line.missed for line in lines)
    return [
        Tile("预约", "calendar", sum(line.booked for line in lines)),
        Tile("已签到", "user-check", sum(line.arrived for line in lines)),
        Tile("现场号", "hand", sum(group.walk_ins for group in groups)),
        Tile("等候", "hourglass", waiting),
        Tile("已办完", "circle-check", sum(group.served for group in groups)),
        Tile("未到场", "ban", missed, "yellow" if missed else ""),
    ]


def _asked(request: HttpRequest, halls: list[Hall]) -> tuple[Hall | None, date]:
    """The hall and day of the address; what isn't one of the manager's halls, or no date, is the first and today."""
    code = request.GET.get("hall", "")
    hall = next((one for one in halls if one.code == code), halls[0] if halls else None)
    try:
        day = read_day(request.GET.get("date", ""))
    except ValueError:
        return hall, today()
    return hall, day if abs((day - today()).days) < 3660 else today()
