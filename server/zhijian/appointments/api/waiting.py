"""The line for full times, and what follows from not coming."""

from typing import Any

from django.http import HttpRequest
from ninja import Status

from zhijian.appointments import actions, errors
from zhijian.appointments.api.bookings import person
from zhijian.appointments.api.router import router
from zhijian.appointments.presenting.bookings import standing_out, waiting_out
from zhijian.appointments.presenting.shapes import AppealIn, JoinIn, StandingOut, WaitingOut
from zhijian.appointments.queries import availability
from zhijian.appointments.queries import bookings as queries
from zhijian.core.idempotency import idempotent
from zhijian.identity.auth import citizen_of, real_name_required


@router.post("/waitlist", response={201: WaitingOut}, auth=real_name_required)
@idempotent
def join(request: HttpRequest, data: JoinIn) -> Status[WaitingOut]:
    """候补：约满的日子有人退号时，按登记顺序为您保留一段时间。"""
    citizen = citizen_of(request)
    group = availability.group_of(data.group)
    if group is None:
        raise errors.NoWaitlist
    entry = actions.join(
        citizen.actor,
        citizen=person(citizen, data.delegation),
        booked_by=citizen,
        group=group,
        item_code=data.item_code,
        day=data.date,
        part=data.part,
        answers=data.answers,
    )
    return Status(201, waiting_out(queries.wait_entry_of(citizen, entry.public_id)))


@router.get("/waitlist", response=list[WaitingOut])
def list_waiting(request: HttpRequest) -> list[WaitingOut]:
    """我的候补。"""
    return [waiting_out(entry) for entry in queries.my_waiting(citizen_of(request))]


@router.delete("/waitlist/{entry_id}", response={204: None})
def leave(request: HttpRequest, entry_id: str) -> Status[None]:
    """退出候补。"""
    citizen = citizen_of(request)
    actions.leave(citizen.actor, entry=queries.wait_entry_of(citizen, entry_id))
    return Status(204, None)


@router.get("/booking/standing", response=StandingOut)
def standing(request: HttpRequest) -> dict[str, Any]:
    """我的未到场记录和预约资格。"""
    return standing_out(citizen_of(request))


@router.post("/no-shows/{miss_id}/appeal", response=StandingOut)
def appeal(request: HttpRequest, miss_id: str, data: AppealIn) -> dict[str, Any]:
    """对一次未到场记录申诉。"""
    citizen = citizen_of(request)
    actions.appeal(citizen.actor, miss=queries.miss_of(citizen, miss_id), reason=data.reason)
    return standing_out(citizen)
