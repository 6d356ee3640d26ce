"""Where and when an item can be booked: public, cheap, a second old at most."""

from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse

from zhijian.appointments import errors
from zhijian.appointments.api.router import router
from zhijian.appointments.models import CounterGroup
from zhijian.appointments.presenting.bookings import hall_out
from zhijian.appointments.presenting.shapes import BookingPlaceOut, DayOut, TimeOut
from zhijian.appointments.queries import availability
from zhijian.appointments.queries.bookings import offering
from zhijian.core.clock import today
from zhijian.core.throttle import brake

_MOST_DAYS = 62
_PER_MINUTE = 600


def _public(request: HttpRequest, response: HttpResponse) -> None:
    brake(request, scope="appointments.browse", limit=_PER_MINUTE, seconds=60)
    response.headers["Cache-Control"] = f"public, max-age={availability.KEPT}"


@router.get("/booking/items/{item_code}/places", response=list[BookingPlaceOut], auth=None)
def places(request: HttpRequest, response: HttpResponse, item_code: str) -> list[dict[str, Any]]:
    """可以预约这个事项的大厅和窗口，以及各自最早的空闲时间。"""
    _public(request, response)
    free = availability.next_free(item_code)
    return [
        {
            "group": schedule.group.public_id,
            "group_name": schedule.group.name,
            "group_name_en": schedule.group.name_en,
            "hall": hall_out(schedule.group.hall),
            "next_free": free.get(schedule.group_id),
            "horizon_days": schedule.horizon_days,
            "release_at": f"{schedule.release_at:%H:%M}",
            "waitlist": schedule.waitlist,
        }
        for schedule in _one_a_group(item_code)
    ]


@router.get("/booking/groups/{group_id}/days", response=list[DayOut], auth=None)
def days(
    request: HttpRequest, response: HttpResponse, group_id: str, item: str, first: date | None = None
) -> list[dict[str, Any]]:
    """从 first（默认今天）起，每天还有多少号。"""
    _public(request, response)
    start = max(first or today(), today())
    found = availability.days(_group(group_id), item, first=start, last=start + timedelta(days=_MOST_DAYS))
    return [asdict(day) for day in found]


@router.get("/booking/groups/{group_id}/times", response=list[TimeOut], auth=None)
def times(
    request: HttpRequest, response: HttpResponse, group_id: str, item: str, date: date
) -> list[dict[str, Any]]:
    """某一天的各个时段。"""
    _public(request, response)
    return [asdict(time) for time in availability.times(_group(group_id), item, date)]


def _group(public_id: str) -> CounterGroup:
    group = availability.group_of(public_id)
    if group is None:
        raise errors.SlotUnknown
    return group


def _one_a_group(item_code: str) -> list[Any]:
    seen: dict[int, Any] = {}
    for schedule in offering(item_code):
        seen.setdefault(schedule.group_id, schedule)
    return list(seen.values())
