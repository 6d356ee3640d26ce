"""However a booking came into being, it knows its item, what to bring and what to call it."""

from collections.abc import Callable
from datetime import timedelta

import icalendar
import pytest
from appointments.factories import Desk, booked, held, make_desk, make_person
from appointments.rush_factories import Place, book_all, enter, make_rush
from appointments.rush_factories import make_person as make_person_with_session
from django.db import transaction

from zhijian.appointments import actions
from zhijian.appointments.actions import rush
from zhijian.appointments.actions.supply.rebooking import rebook_or_cancel
from zhijian.appointments.api.bookings import booking_detail, calendar_file
from zhijian.appointments.models import Booking
from zhijian.core.actor import SYSTEM
from zhijian.core.clock import now

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def desk(calendar_seeded: None) -> Desk:
    return make_desk()


def by_app(desk: Desk) -> Booking:
    return booked(desk.slot())


def only_held(desk: Desk) -> Booking:
    return held(desk.slot())


def from_the_line(desk: Desk) -> Booking:
    slot, person = desk.slot(), make_person()
    first = booked(slot)
    actions.join(
        person.actor, citizen=person, booked_by=person, group=desk.group,
        item_code=desk.item_code, day=slot.date,
    )  # fmt: skip
    actions.cancel(first.citizen.actor, booking=first)
    return Booking.objects.get(citizen=person)


def changed(desk: Desk) -> Booking:
    booking = from_the_line(desk)
    actions.confirm(booking.citizen.actor, booking=booking)
    return actions.change(booking.citizen.actor, booking=booking, slot=desk.slot())


def moved_by_the_hall(desk: Desk) -> Booking:
    booking = booked(desk.slot())
    desk.slot()
    with transaction.atomic():
        rebook_or_cancel(SYSTEM, booking=booking, reason="停电检修")
    return booking


def _place(desk: Desk) -> Place:
    return Place(desk.hall, desk.group, desk.schedule)


def drawn(desk: Desk) -> Booking:
    slot, person = desk.slot(), make_person()
    found = make_rush(
        _place(desk), slot, mode="draw", item_code=desk.item_code,
        joins_from=now() - timedelta(hours=3), opens_at=now() - timedelta(hours=1), closes_at=now() - timedelta(minutes=1),
    )  # fmt: skip
    enter(found, person, wishes=[slot.public_id])
    rush.settle(SYSTEM, rush=found)
    return Booking.objects.get(citizen=person)


def rushed(desk: Desk) -> Booking:
    slot, person = desk.slot(), make_person()
    return rush.book(citizen=person, slot_id=slot.public_id, key="key-00001")


def by_the_lane(desk: Desk) -> Booking:
    slot, (person, token) = desk.slot(), make_person_with_session()
    book_all([(token, slot.public_id, "key-00001")])
    return Booking.objects.get(citizen=person)


_WAYS = [by_app, only_held, from_the_line, changed, moved_by_the_hall, drawn, rushed, by_the_lane]


@pytest.mark.parametrize("way", _WAYS)
def test_it_knows_what_it_is_for(desk: Desk, way: Callable[[Desk], Booking]) -> None:
    booking = Booking.objects.select_related("item_version", "slot__group__hall", "citizen").get(
        pk=way(desk).pk
    )
    spec = desk.world.version.typed()
    assert booking.item_version == desk.world.version
    shown = booking_detail(booking, booking.citizen)
    assert shown.item_name == (spec.short_name or spec.name)
    assert shown.documents_known
    assert {one.code for one in shown.documents} == {
        one.code for one in spec.materials if not one.situational
    }
    event = icalendar.Calendar.from_ical(calendar_file(booking)).walk("VEVENT")[0]
    assert str(event["SUMMARY"]).startswith(spec.short_name or spec.name)


def test_every_way_is_here() -> None:
    """Whoever writes another ``via`` adds its way above."""
    from pathlib import Path

    import zhijian.appointments.actions as package

    source = "".join(path.read_text() for path in Path(package.__path__[0]).rglob("*.py"))
    assert source.count("Wanted(\n") == 3  # hold, line, draw; a rush has its own statement
    assert source.count("INSERT INTO appointments_booking (") == 1


def test_what_is_not_known_is_not_called_nothing(desk: Desk) -> None:
    booking = booked(desk.slot())
    booking.item_version, booking.item_code = None, "990100000000000000"
    shown = booking_detail(booking, booking.citizen)
    assert (shown.documents_known, shown.documents) == (False, [])


def test_a_booking_without_a_version_takes_the_one_in_force(desk: Desk) -> None:
    booking = booked(desk.slot())
    booking.item_version = None
    shown = booking_detail(booking, booking.citizen)
    assert shown.documents_known
    assert shown.documents


def test_answers_that_the_item_no_longer_has_narrow_nothing(desk: Desk) -> None:
    booking = booked(desk.slot())
    booking.answers = {"gone": "yes"}
    assert booking_detail(booking, booking.citizen).documents


def test_the_line_asks_for_answers_that_the_item_has(desk: Desk) -> None:
    from zhijian.catalog.errors import UnknownAnswer

    slot, person = desk.slot(general=0), make_person()
    with pytest.raises(UnknownAnswer):
        actions.join(
            person.actor, citizen=person, booked_by=person, group=desk.group,
            item_code=desk.item_code, day=slot.date, answers={"gone": "yes"},
        )  # fmt: skip
