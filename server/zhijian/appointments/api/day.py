"""The day from a phone: how full a hall is, check-in nearby, and one's own ticket."""

from datetime import datetime
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from ninja import Field, Schema, Status

from zhijian.appointments.actions import day as actions
from zhijian.appointments.api.router import router
from zhijian.appointments.models import Visit
from zhijian.appointments.queries import hall as hall_queries
from zhijian.appointments.queries import visits
from zhijian.appointments.queries.bookings import of_citizen
from zhijian.appointments.rules.states import VisitKind, VisitState
from zhijian.core.clock import now
from zhijian.core.idempotency import idempotent
from zhijian.identity.auth import citizen_of

FRESH = 2
"""Seconds for which one reading of a hall's queue serves everybody who asks."""


class GroupQueueOut(Schema):
    """``mean_wait_minutes``, over who was called within the last hour; null when nobody was."""

    group: str
    name: str
    name_en: str
    prefix: str
    waiting: int
    mean_wait_minutes: int | None
    open_counters: int


class HallQueueOut(Schema):
    hall: str
    name: str
    at: datetime
    waiting: int
    groups: list[GroupQueueOut]


class CheckInPlaceIn(Schema):
    """Where the phone is, in degrees. Compared with the hall's place and not kept."""

    latitude: float = Field(ge=-90, le=90, allow_inf_nan=False)
    longitude: float = Field(ge=-180, le=180, allow_inf_nan=False)


class VisitOut(Schema):
    """A ticket. ``ahead`` and ``estimate_minutes`` only while it waits; ``estimate_minutes`` is null while no counter is open;
    ``late``: the booking's time had passed, so that it waits with those who have none."""

    id: str
    number: str
    state: VisitState
    state_label: str
    late: bool
    hall: str
    hall_name: str
    group_name: str
    group_name_en: str
    ahead: int | None
    estimate_minutes: int | None
    counter: str | None
    calls: int
    due_at: datetime
    arrived_at: datetime
    called_at: datetime | None
    finished_at: datetime | None


@router.get("/halls/{code}/queue", response=HallQueueOut, auth=None)
def hall_queue(request: HttpRequest, response: HttpResponse, code: str) -> Any:
    """大厅现在的排队情况：各窗口组等候人数、近一小时平均等候、开放窗口数。"""
    response["Cache-Control"] = f"public, max-age={FRESH}"
    key = f"appointments.queue:{code[:20].encode().hex()}"
    known = cache.get(key)
    if known is None:
        hall = hall_queries.hall_of(code)
        groups = [
            GroupQueueOut.model_validate(row, from_attributes=True) for row in hall_queries.hall_queue(hall)
        ]
        known = HallQueueOut(
            hall=hall.code,
            name=hall.name,
            at=now(),
            waiting=sum(group.waiting for group in groups),
            groups=groups,
        )
        cache.set(key, known, FRESH)
    return known


@router.post("/bookings/{booking_id}/check-in", response={201: VisitOut})
@idempotent
def check_in(request: HttpRequest, booking_id: str, body: CheckInPlaceIn) -> Status[VisitOut]:
    """在大厅附近用手机签到，得到票号。"""
    citizen = citizen_of(request)
    booking = of_citizen(citizen, booking_id)
    actions.check_in_nearby(citizen.actor, booking=booking, latitude=body.latitude, longitude=body.longitude)
    return Status(201, visit_out(visits.visit_of(booking)))


@router.get("/bookings/{booking_id}/visit", response=VisitOut)
def visit_of_booking(request: HttpRequest, booking_id: str) -> VisitOut:
    """这个预约的票号、前面几人、大约等多久、到几号窗口。"""
    return visit_out(visits.visit_of(of_citizen(citizen_of(request), booking_id)))


@router.get("/visits/{visit_id}", response=VisitOut)
def visit(request: HttpRequest, visit_id: str) -> VisitOut:
    """自己的一个票号。"""
    return visit_out(visits.visit_for(citizen_of(request), visit_id))


def visit_out(visit: Visit) -> VisitOut:
    place = visits.place_of(visit)
    return VisitOut(
        id=visit.public_id,
        number=visit.number,
        state=VisitState(visit.state),
        state_label=visit.get_state_display(),
        late=visit.booking_id is not None and visit.kind == VisitKind.WALK_IN,
        hall=visit.group.hall.code,
        hall_name=visit.group.hall.name,
        group_name=visit.group.name,
        group_name_en=visit.group.name_en,
        ahead=place.ahead,
        estimate_minutes=place.minutes,
        counter=visit.counter.number if visit.counter else None,
        calls=visit.calls,
        due_at=visit.due_at,
        arrived_at=visit.arrived_at,
        called_at=visit.called_at,
        finished_at=visit.finished_at,
    )
