"""Book, confirm, move, cancel, look."""

from typing import Literal

from django.http import HttpRequest, HttpResponse
from ninja import Status

from zhijian.appointments import actions
from zhijian.appointments.api.router import router
from zhijian.appointments.presenting.bookings import booking_detail, booking_out, calendar_file
from zhijian.appointments.presenting.shapes import (
    BookingDetail,
    BookingOut,
    BookingPage,
    CancelIn,
    ChangeIn,
    HoldIn,
)
from zhijian.appointments.queries import bookings as queries
from zhijian.core.idempotency import idempotent, was_answered
from zhijian.core.throttle import brake
from zhijian.identity.auth import citizen_of, real_name_required
from zhijian.identity.models import Citizen
from zhijian.identity.queries import principal_for

_HOLDS_A_MINUTE = 20


@router.post("/bookings", response={201: BookingDetail}, auth=real_name_required)
def hold(request: HttpRequest, data: HoldIn) -> Status[BookingDetail]:
    """占号：为本人，或为同意代办的家人，保留一个时段几分钟，再确认。"""
    citizen = citizen_of(request)
    brake(request, scope="appointments.hold", caller=str(citizen.pk), limit=_HOLDS_A_MINUTE, seconds=60)
    if was_answered(request):  # the same again: nothing is ordered for it
        return Status(201, _hold(request, data, "").value)
    with actions.order_for(person(citizen, data.delegation), actions.slot_of(data.slot)) as order:
        return Status(201, _hold(request, data, order).value)


@idempotent
def _hold(request: HttpRequest, data: HoldIn, order: str) -> Status[BookingDetail]:
    citizen = citizen_of(request)
    booking = actions.hold_here(
        citizen.actor,
        citizen=person(citizen, data.delegation),
        booked_by=citizen,
        slot=actions.slot_of(data.slot),
        order=order,
        priority=data.priority,
        answers=data.answers,
    )
    return Status(201, booking_detail(queries.of_citizen(citizen, booking.public_id), citizen))


@router.post("/bookings/{booking_id}/confirm", response=BookingDetail)
def confirm(request: HttpRequest, booking_id: str) -> BookingDetail:
    """确认预约；重复确认没有影响。"""
    citizen = citizen_of(request)
    done = actions.confirm(citizen.actor, booking=queries.of_citizen(citizen, booking_id))
    return booking_detail(done, citizen)


@router.post("/bookings/{booking_id}/change", response=BookingDetail)
@idempotent
def change(request: HttpRequest, booking_id: str, data: ChangeIn) -> BookingDetail:
    """改期：换到同一事项的另一个时段；换不成时原来的号还在。"""
    citizen = citizen_of(request)
    booking = queries.of_citizen(citizen, booking_id)
    done = actions.change(citizen.actor, booking=booking, slot=actions.slot_of(data.slot))
    return booking_detail(done, citizen)


@router.post("/bookings/{booking_id}/cancel", response=BookingOut)
def cancel(request: HttpRequest, booking_id: str, data: CancelIn) -> BookingOut:
    """取消预约；号会让给候补的人。"""
    citizen = citizen_of(request)
    booking = queries.of_citizen(citizen, booking_id)
    return booking_out(actions.cancel(citizen.actor, booking=booking, reason=data.reason), citizen)


@router.get("/bookings", response=BookingPage)
def list_bookings(
    request: HttpRequest, state: Literal["open", "past"] = "open", cursor: str | None = None
) -> BookingPage:
    """我的预约，也包括我为家人约的。"""
    citizen = citizen_of(request)
    page = queries.my_bookings(citizen, state=state, cursor=cursor)
    return BookingPage(items=[booking_out(row, citizen) for row in page.items], next_cursor=page.next_cursor)


@router.get("/bookings/{booking_id}", response=BookingDetail)
def get_booking(request: HttpRequest, booking_id: str) -> BookingDetail:
    """一个预约：时间、地点、要带的材料和签到码。"""
    citizen = citizen_of(request)
    return booking_detail(queries.of_citizen(citizen, booking_id), citizen)


@router.get("/bookings/{booking_id}/calendar", response={200: None})
def get_calendar(request: HttpRequest, booking_id: str) -> HttpResponse:
    """日历文件，可以导入手机日历。"""
    citizen = citizen_of(request)
    content = calendar_file(queries.of_citizen(citizen, booking_id))
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    answer.headers["Content-Disposition"] = "attachment; filename=booking.ics"
    return answer


def person(citizen: Citizen, delegation: str) -> Citizen:
    """Who comes: oneself, or whom the delegation names. Raises DelegationNotFound."""
    return principal_for(citizen, delegation) if delegation else citizen
