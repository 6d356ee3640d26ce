"""How bookings look to citizens: states as they are now, documents to bring, QR code, calendar file."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Literal

import segno

from zhijian.appointments.models import Booking, NoShow, Visit, WaitEntry
from zhijian.appointments.presenting.shapes import (
    BookingDetail,
    BookingOut,
    DocumentOut,
    HallOut,
    MissOut,
    WaitingOut,
)
from zhijian.appointments.queries import bookings as queries
from zhijian.appointments.queries.scans import qr_of
from zhijian.appointments.rules.standing import MAX_CHANGES, may_appeal
from zhijian.appointments.rules.states import AppealState, BookingState, DayPart, Pool, WaitState, state_at
from zhijian.catalog.errors import UnknownAnswer
from zhijian.catalog.queries import current_versions
from zhijian.catalog.rules import apply_answers
from zhijian.catalog.spec import ItemSpec
from zhijian.core.clock import now
from zhijian.identity.models import Citizen
from zhijian.organizations.models import Hall

May = Literal["confirm", "change", "cancel", "rate"]


def hall_out(hall: Hall) -> HallOut:
    return HallOut(**{name: getattr(hall, name) for name in HallOut.model_fields})


def booking_out(booking: Booking, viewer: Citizen) -> BookingOut:
    return BookingOut(**_facts(booking, viewer))


def booking_detail(booking: Booking, viewer: Citizen) -> BookingDetail:
    spec = _spec(booking)
    documents, notes = _documents(spec, booking.answers) if spec else ([], [])
    text = qr_of(booking)
    return BookingDetail(
        **_facts(booking, viewer),
        documents=documents,
        documents_known=spec is not None,
        notes=notes,
        qr_text=text,
        qr_image=segno.make(text, error="m").png_data_uri(scale=8, border=2),
    )


def _facts(booking: Booking, viewer: Citizen) -> dict[str, Any]:
    moment, slot = now(), booking.slot
    state = state_at(booking.state, booking.hold_until, moment)
    group = slot.group
    name, name_en = _item_name(booking)
    return {
        "id": booking.public_id,
        "number": booking.number,
        "item_code": booking.item_code,
        "item_name": name,
        "item_name_en": name_en,
        "state": state.value,
        "state_label": str(state.label),
        "mine": booking.citizen_id == viewer.pk,
        "person_masked": booking.citizen.masked_name,
        "group": group.public_id,
        "group_name": group.name,
        "group_name_en": group.name_en,
        "hall": hall_out(group.hall),
        "starts_at": slot.starts_at,
        "ends_at": slot.ends_at,
        "priority": booking.pool == Pool.PRIORITY,
        "hold_until": booking.hold_until if state == BookingState.HELD else None,
        "check_in_from": slot.starts_at - timedelta(minutes=group.early_minutes),
        "check_in_until": slot.ends_at + timedelta(minutes=group.grace_minutes),
        "changes_left": max(0, MAX_CHANGES - booking.changes),
        "reason": booking.reason,
        "may": may(booking, state, moment, viewer),
    }


def may(booking: Booking, state: BookingState, moment: datetime, viewer: Citizen) -> list[May]:
    """What the viewer can do with the booking now. Only who was served can rate it, and once."""
    visit = getattr(booking, "visit", None)
    if state == BookingState.SERVED:
        return ["rate"] if visit is not None and _may_rate(visit, viewer) else []
    if state == BookingState.HELD:
        return ["confirm", "cancel"]
    if state != BookingState.CONFIRMED or booking.slot.starts_at <= moment:
        return []
    movable = booking.changes < MAX_CHANGES and not booking.outside_ref
    return ["change", "cancel"] if movable else ["cancel"]


def _may_rate(visit: Visit, viewer: Citizen) -> bool:
    return visit.citizen_id == viewer.pk and visit.served_at is not None and visit.rated_at is None


def _spec(booking: Booking) -> ItemSpec | None:
    """The item as it was when the place was taken, else as it is now; None when it is not published."""
    version = booking.item_version or current_versions().filter(code=booking.item_code).first()
    return version.typed() if version else None


def _item_name(booking: Booking) -> tuple[str, str]:
    spec = _spec(booking)
    return (spec.short_name or spec.name, spec.name_en) if spec else (booking.item_code, "")


def _documents(spec: ItemSpec, answers: Mapping[str, str]) -> tuple[list[DocumentOut], list[str]]:
    """What to bring, by the answers that the person gave when booking; answers that this version of the item does
    not have narrow nothing."""
    try:
        applied = apply_answers(spec, answers)
    except UnknownAnswer:
        applied = apply_answers(spec, {})
    documents = [
        DocumentOut(
            code=material.code,
            name=material.name,
            name_en=material.name_en,
            originals=material.originals,
            copies=material.copies,
            note=material.filling_notes,
        )
        for material in applied.materials
    ]
    return documents, [note.text for note in applied.notes]


def calendar_file(booking: Booking) -> bytes:
    """An iCalendar file (RFC 5545) with a reminder the day before; nothing in it names the person."""
    import icalendar  # with a world of time zones, for the few who ask

    slot, hall = booking.slot, booking.slot.group.hall
    event = icalendar.Event()
    event.add("uid", f"{booking.public_id}@zhijian")
    event.add("dtstamp", now())
    event.add("dtstart", slot.starts_at)
    event.add("dtend", slot.ends_at)
    event.add("summary", f"{_item_name(booking)[0]}（{hall.name}）")
    event.add("location", hall.address)
    event.add("description", f"预约号 {booking.number}，{slot.group.name}。请带好材料提前到场签到。")
    alarm = icalendar.Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", f"明天到{hall.name}办事")
    alarm.add("trigger", timedelta(days=-1))
    event.add_component(alarm)
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//zhijian//booking//ZH")
    calendar.add("version", "2.0")
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def waiting_out(entry: WaitEntry) -> WaitingOut:
    booking, moment = entry.booking, now()
    state = WaitState(entry.state)
    offer_until = booking.hold_until if booking and state == WaitState.OFFERED else None
    if offer_until is not None and offer_until <= moment:
        state, offer_until = WaitState.LAPSED, None
    offered = booking if state == WaitState.OFFERED else None
    name, name_en = queries.item_name(entry.item_code)
    return WaitingOut(
        id=entry.public_id,
        item_code=entry.item_code,
        item_name=name,
        item_name_en=name_en,
        hall=hall_out(entry.group.hall),
        date=entry.date,
        part=DayPart(entry.part),
        state=state,
        state_label=str(state.label),
        ahead=queries.ahead_of(entry),
        booking=offered.public_id if offered else "",
        starts_at=offered.slot.starts_at if offered else None,
        offer_until=offer_until,
    )


def standing_out(citizen: Citizen) -> dict[str, Any]:
    """The city's rule in words, and every miss with what can be done about it."""
    rule, weighed = queries.rule_for(), queries.standing_of(citizen)
    words = words_en = ""
    if rule:
        words = (
            f"{rule.within_days}天内有{rule.misses}次约了没到，"
            f"会暂停网上预约{rule.blocked_days}天；现场取号不受影响。"
        )
        words_en = (
            f"{rule.misses} missed bookings within {rule.within_days} days pause online booking for"
            f" {rule.blocked_days} days. You can still take a number at the hall."
        )
    misses = [_miss(miss) for miss in queries.my_misses(citizen)[:50]]
    return {
        "counted": weighed.counted,
        "blocked_until": weighed.blocked_until,
        "rule": words,
        "rule_en": words_en,
        "misses": misses,
    }


def _miss(miss: NoShow) -> MissOut:
    booking = miss.booking
    return MissOut(
        id=miss.public_id,
        number=booking.number,
        item_name=queries.item_name(booking.item_code)[0],
        hall_name=booking.slot.group.hall.name,
        starts_at=booking.slot.starts_at,
        appeal=(appeal := AppealState(miss.appeal)),
        appeal_label=str(appeal.label),
        decision=miss.decision,
        may_appeal=miss.appeal == AppealState.NONE and may_appeal(miss.at, now()),
    )
