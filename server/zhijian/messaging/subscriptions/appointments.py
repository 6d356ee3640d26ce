"""News of a citizen's bookings, of their place in line and at the hall. A family member who booked is told too."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from zhijian.appointments import events
from zhijian.appointments.models import Booking, Visit, WaitEntry
from zhijian.appointments.queries.bookings import item_name, still_offered, still_to_come
from zhijian.appointments.rules.states import VisitState
from zhijian.core.clock import now
from zhijian.core.dates import weekday_date
from zhijian.core.events import Event
from zhijian.core.zone import CHINA
from zhijian.identity.events import DelegationAsked
from zhijian.identity.models import Citizen, Delegation
from zhijian.messaging.queries.holding import Holds, fact
from zhijian.messaging.subscriptions.base import Notice, tell_all
from zhijian.organizations.models import Hall


def _when(moment: datetime) -> dict[str, str]:
    local = moment.astimezone(CHINA)
    return {
        "zh": f"{weekday_date(local, this_year=local.year)}{local:%H:%M}",
        "en": f"{local:%a %-d %b, %H:%M}",
    }


def _item(code: str) -> dict[str, str]:
    name, name_en = item_name(code)
    return {"zh": name, "en": name_en or name}


def _place(hall: Hall) -> dict[str, str]:
    return {"zh": hall.name, "en": hall.name_en or hall.name}


def _facts(booking: Booking) -> dict[str, Any]:
    reason = booking.reason or "工作安排调整"
    return {
        "item": _item(booking.item_code),
        "place": _place(booking.slot.group.hall),
        "when": _when(booking.slot.starts_at),
        "number": booking.number,
        "reason": {"zh": reason, "en": reason},
    }


def _people(booking: Booking) -> list[Citizen]:
    same = booking.citizen_id == booking.booked_by_id
    return [booking.citizen] if same else [booking.citizen, booking.booked_by]


def _booking(public_id: str) -> Booking:
    return Booking.objects.select_related("slot__group__hall", "citizen", "booked_by").get(
        public_id=public_id
    )


def _of_booking(
    kind: type[Event], template: str, *names: str, holds: Holds, at: str = "", only: str = ""
) -> None:
    """Tell whose booking it is, once after each move; ``only`` when that side did it. ``at`` is the booking's field
    that says when it happened: what is told late must not stand above what came after it."""

    def build(booking_id: str, by: str = "") -> list[Notice]:
        if only and by != only:
            return []
        booking = _booking(booking_id)
        facts = _facts(booking)
        about = {"booking_id": booking_id, "moves": booking.moves}
        if kind is events.BookingReminderDue and not holds(**about):
            return []
        return [
            Notice(
                citizen=person,
                # The lane may emit a confirmation again, whatever has happened to the booking meanwhile.
                key=booking_id if kind is events.BookingConfirmed else f"{booking_id}:{booking.moves}",
                variables={name: facts[name] for name in names},
                link=f"/pages/booking/detail?id={booking_id}",
                happened_at=getattr(booking, at) if at else None,
                about=about,
            )
            for person in _people(booking)
        ]

    tell_all(kind, template, build, holds=holds)


def _offered(entry_id: str) -> list[Notice]:
    entry = WaitEntry.objects.select_related(
        "booking__slot__group__hall", "citizen", "booked_by", "booking__citizen", "booking__booked_by"
    ).get(public_id=entry_id)
    booking = entry.booking
    if booking is None or booking.hold_until is None or booking.hold_until <= now():
        return []
    facts = _facts(booking)
    variables: Mapping[str, Any] = {
        "item": facts["item"],
        "place": facts["place"],
        "when": facts["when"],
        "until": _when(booking.hold_until),
    }
    link = f"/pages/booking/confirm?id={booking.public_id}"
    about = {"entry_id": entry_id}
    return [Notice(person, booking.public_id, variables, link, about=about) for person in _people(booking)]


def _of_visit(public_id: str) -> Visit | None:
    visit = Visit.objects.select_related("group__hall", "counter", "citizen", "booking").get(
        public_id=public_id
    )
    return visit if visit.citizen_id else None


def _called(visit_id: str) -> list[Notice]:
    visit = _of_visit(visit_id)
    if visit is None or visit.citizen is None or visit.counter is None:
        return []
    variables = {
        "ticket": visit.number,
        "place": _place(visit.group.hall),
        "counter": visit.counter.number,
    }
    called = visit.called_at.isoformat() if visit.called_at else ""
    about = {"visit_id": visit_id, "called_at": called}
    return [Notice(visit.citizen, f"{visit_id}:{called}", variables, _visit_link(visit), about=about)]


def _finished(visit_id: str) -> list[Notice]:
    visit = _of_visit(visit_id)
    if visit is None or visit.citizen is None:
        return []
    variables = {"item": _item(visit.item_code), "place": _place(visit.group.hall)}
    booking = f"&booking={visit.booking.public_id}" if visit.booking else ""
    link = f"/pages/case/rate?kind=visit&id={visit_id}{booking}"
    return [Notice(visit.citizen, visit_id, variables, link, about={"visit_id": visit_id})]


def _visit_link(visit: Visit) -> str:
    return f"/pages/booking/detail?id={visit.booking.public_id}" if visit.booking else ""


def _asked(delegation_id: str) -> list[Notice]:
    asked = Delegation.objects.select_related("agent", "principal").get(public_id=delegation_id)
    variables = {"person": asked.agent.masked_name or asked.agent.masked_phone}
    about = {"delegation_id": delegation_id}
    return [Notice(asked.principal, delegation_id, variables, "/pages/booking/family", about=about)]


def _waits_at_counter(*, visit_id: str, called_at: str) -> bool:
    visit = Visit.objects.get(public_id=visit_id)
    called = visit.called_at.isoformat() if visit.called_at else ""
    return visit.state == VisitState.CALLED and called == called_at


def _not_yet_rated(*, visit_id: str) -> bool:
    return Visit.objects.filter(public_id=visit_id, state=VisitState.DONE, rated_at=None).exists()


def _not_yet_answered(*, delegation_id: str) -> bool:
    since = now() - Delegation.LIFETIME
    open_ones = Delegation.objects.filter(agreed_at=None, ended_at=None, asked_at__gt=since)
    return open_ones.filter(public_id=delegation_id).exists()


# fmt: off
_of_booking(
    events.BookingConfirmed,
    "booking.confirmed", "item", "place", "when", "number",
    holds=still_to_come, at="confirmed_at",
)
_of_booking(
    events.BookingChanged,
    "booking.changed", "item", "place", "when",
    holds=still_to_come, at="moved_at",
)
_of_booking(
    events.BookingCancelled,
    "booking.cancelled", "item", "when",
    holds=fact, at="ended_at", only="citizen",
)
_of_booking(
    events.BookingCancelled,
    "booking.cancelled_by_hall", "item", "place", "when", "reason",
    holds=fact, at="ended_at", only="hall",
)
_of_booking(
    events.BookingRebooked,
    "booking.rebooked", "item", "place", "when", "reason",
    holds=still_to_come, at="moved_at",
)
_of_booking(events.BookingReminderDue, "booking.reminder", "item", "place", "when", holds=still_to_come)
_of_booking(events.BookingMissed, "booking.missed", "item", "when", holds=fact)
tell_all(events.WaitlistOffered, "booking.offered", _offered, holds=still_offered)
tell_all(events.VisitCalled, "visit.called", _called, holds=_waits_at_counter)
tell_all(events.VisitFinished, "visit.finished", _finished, holds=_not_yet_rated)
tell_all(DelegationAsked, "delegation.asked", _asked, holds=_not_yet_answered)
# fmt: on
