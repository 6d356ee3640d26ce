"""Rushes: what is coming, joining, one's place, booking in one's turn, and a draw that anybody can check."""

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from ninja import Field, Schema, Status

from zhijian.appointments.actions import rush as rush_actions
from zhijian.appointments.models import QueueEntry, Rush
from zhijian.appointments.queries import rush as queries
from zhijian.appointments.rules import admission, draw
from zhijian.appointments.rules.states import RushMode
from zhijian.core.api import Router
from zhijian.core.clock import now
from zhijian.core.zone import CHINA
from zhijian.identity.auth import citizen_bearer, citizen_of, real_name_required

router = Router(tags=["抢号"])
"""Creates here carry their key in the table itself (one entry a person, ``Booking.key``), so they need no other."""


class RushOut(Schema):
    """``lane`` is the address before /bookings and /rushes/{id}/…, null when only the ordinary addresses answer."""

    id: str
    name: str
    name_en: str
    item_code: str
    region: str
    first_date: date
    last_date: date
    mode: RushMode
    joins_from: datetime
    opens_at: datetime
    closes_at: datetime
    drawn_at: datetime | None
    joined: int
    lane: str | None


class RushSlotOut(Schema):
    id: str
    hall: str
    starts_at: datetime
    ends_at: datetime
    places: int
    free: int
    closed: bool


class RushDetailOut(RushOut):
    per_second: int
    window_minutes: int
    seed_digest: str
    slots: list[RushSlotOut]
    now: datetime


class WishesIn(Schema):
    """Public ids of slots, in order of preference; in a draw only."""

    wishes: list[str] = Field(default_factory=list, max_length=draw.MOST_WISHES)


class QueuePlaceOut(Schema):
    """A queue: ``ahead`` people come before and are not yet let in; the turn is from ``turn_at`` until ``until``."""

    rush: str
    position: int
    ahead: int
    turn_at: datetime
    until: datetime
    phase: admission.Phase
    now: datetime


class EntryOut(Schema):
    """A draw: ``rank`` and ``outcome`` (won, wishes_full, already_booked) once it is settled."""

    rush: str
    entry: str
    wishes: list[str]
    rank: int | None
    outcome: draw.Outcome | None
    booking: str | None


class BookingIn(Schema):
    slot: str = Field(max_length=26, pattern="^[0-9a-z]+$")
    key: str = Field(min_length=8, max_length=80, pattern="^[\\x21-\\x7e]+$")


class RushBookingOut(Schema):
    id: str
    number: str
    state: str
    slot: str
    item_code: str
    starts_at: datetime
    ends_at: datetime


class LotOut(Schema):
    rank: int
    entry: str
    digest: str
    won: bool


class DrawOut(Schema):
    """``seed`` and ``lots`` are published when the draw is settled."""

    method: str
    seed_digest: str
    seed: str | None
    joined: int
    drawn_at: datetime | None
    lots: list[LotOut]
    next_cursor: str | None


@router.get("/rushes", response=list[RushOut], auth=None)
def rushes(request: HttpRequest) -> list[RushOut]:
    """将要开始、正在进行和最近结束的抢号场次。"""
    return [RushOut(**_facts(rush)) for rush in queries.current_rushes()]


@router.get("/rushes/{rush_id}", response=RushDetailOut, auth=None)
def rush(request: HttpRequest, rush_id: str) -> RushDetailOut:
    """一个场次：规则、时段和剩余的号。"""
    found, moment = queries.rush_by_id(rush_id), now()
    slots = [
        RushSlotOut(
            id=slot.public_id,
            hall=slot.group.hall.name,
            starts_at=_local(slot.starts_at),
            ends_at=_local(slot.ends_at),
            places=slot.seat_count,  # type: ignore[attr-defined]
            free=slot.free_count,  # type: ignore[attr-defined]
            closed=slot.closed,
        )
        for slot in queries.slots_with_places(found, moment)
    ]
    return RushDetailOut(
        **_facts(found),
        per_second=found.per_second,
        window_minutes=found.window_minutes,
        seed_digest=found.seed_digest,
        slots=slots,
        now=moment,
    )


@router.post("/rushes/{rush_id}/join", response={201: QueuePlaceOut | EntryOut}, auth=real_name_required)
def join(
    request: HttpRequest, rush_id: str, body: WishesIn | None = None
) -> Status[QueuePlaceOut | EntryOut]:
    """排队；抽签的场次提交或修改意愿时段。重复提交位置不变。"""
    citizen = citizen_of(request)
    wishes = body.wishes if body else []
    entry = rush_actions.join(citizen.actor, citizen=citizen, rush_id=rush_id, wishes=wishes)
    return Status(201, _place(entry.rush, entry))


@router.get("/rushes/{rush_id}/place", response=QueuePlaceOut | EntryOut, auth=citizen_bearer)
def place(request: HttpRequest, rush_id: str) -> QueuePlaceOut | EntryOut:
    """我的排队位置和预计时间；抽签的场次为名次和结果。"""
    found = queries.rush_by_id(rush_id)
    return _place(found, queries.entry_of(found, citizen_of(request)))


@router.post("/rush/bookings", response={201: RushBookingOut}, auth=real_name_required)
def book(request: HttpRequest, body: BookingIn) -> Status[RushBookingOut]:
    """轮到我后直接预约；同一个 key 重复提交得到同一个预约。"""
    citizen = citizen_of(request)
    booking = rush_actions.book(citizen=citizen, slot_id=body.slot, key=body.key)
    slot = booking.slot
    return Status(
        201,
        RushBookingOut(
            id=booking.public_id,
            number=booking.number,
            state=booking.state,
            slot=slot.public_id,
            item_code=booking.item_code,
            starts_at=_local(slot.starts_at),
            ends_at=_local(slot.ends_at),
        ),
    )


@router.get("/rushes/{rush_id}/draw", response=DrawOut, auth=None)
def draw_result(request: HttpRequest, rush_id: str, cursor: str | None = None) -> DrawOut:
    """抽签的种子摘要；抽签后公布种子和全部名次，任何人都可以重新计算。不含个人信息。"""
    found = queries.drawn_rush(rush_id)
    settled = found.drawn_at is not None
    page = queries.draw_page(found, cursor=cursor) if settled else None
    lots = [
        LotOut(
            rank=entry.rank or 0,
            entry=entry.public_id,
            digest=draw.digest(found.seed + entry.public_id),
            won=entry.booking_id is not None,
        )
        for entry in (page.items if page else ())
    ]
    return DrawOut(
        method=draw.METHOD,
        seed_digest=found.seed_digest,
        seed=found.seed if settled else None,
        joined=found.joined,
        drawn_at=found.drawn_at and _local(found.drawn_at),
        lots=lots,
        next_cursor=page.next_cursor if page else None,
    )


def _facts(rush: Rush) -> dict[str, Any]:
    return {
        "id": rush.public_id,
        "name": rush.name,
        "name_en": rush.name_en,
        "item_code": rush.item_code,
        "region": rush.region.code,
        "first_date": rush.first_date,
        "last_date": rush.last_date,
        "mode": rush.mode,
        "joins_from": _local(rush.joins_from),
        "opens_at": _local(rush.opens_at),
        "closes_at": _local(rush.closes_at),
        "drawn_at": rush.drawn_at and _local(rush.drawn_at),
        "joined": rush.joined,
        "lane": settings.RUSH_URL or None if rush.mode == RushMode.QUEUE else None,
    }


def _place(rush: Rush, entry: QueueEntry) -> QueuePlaceOut | EntryOut:
    if rush.mode == RushMode.DRAW:
        settled = rush.drawn_at is not None
        return EntryOut(
            rush=rush.public_id,
            entry=entry.public_id,
            wishes=entry.wishes,
            rank=entry.rank if settled else None,
            outcome=queries.outcome_of(entry) if settled else None,
            booking=entry.booking.public_id if settled and entry.booking else None,
        )
    moment = now()
    found = admission.place(queries.pace_of(rush), entry.position, moment)
    return QueuePlaceOut(
        rush=rush.public_id,
        position=found.position,
        ahead=found.ahead,
        turn_at=_local(found.turn_at),
        until=_local(found.until),
        phase=found.phase,
        now=moment,
    )


def _local(moment: datetime) -> datetime:
    return moment.astimezone(CHINA)
