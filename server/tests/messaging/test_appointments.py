"""News of bookings becomes messages: to whom it may concern, once, in both languages."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from appointments.factories import Desk, booked, held, make_desk, make_person
from messaging.factories import told

from zhijian.appointments import actions
from zhijian.appointments.events import BookingCancelled, BookingMissed, BookingRebooked, VisitFinished
from zhijian.appointments.models import Booking, Visit
from zhijian.appointments.tasks.upkeep import remind
from zhijian.core.clock import now, today
from zhijian.core.events import emit
from zhijian.core.zone import CHINA
from zhijian.identity import actions as identity
from zhijian.identity.models import Delegation
from zhijian.messaging.models import Message

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nothing_leaves")]


@pytest.fixture
def desk() -> Desk:
    return make_desk()


def test_a_booking_from_making_to_cancelling(desk: Desk) -> None:
    booking, other = booked(desk.slot()), desk.slot()
    person = booking.citizen
    actions.change(person.actor, booking=booking, slot=other)
    actions.cancel(person.actor, booking=booking)
    assert told(person) == ["booking.confirmed", "booking.changed", "booking.cancelled"]
    first = Message.objects.order_by("id").first()
    assert first is not None
    assert booking.number in first.body
    assert first.link == f"/pages/booking/detail?id={booking.public_id}"


def test_a_hold_tells_nobody(desk: Desk) -> None:
    assert told(held(desk.slot()).citizen) == []


def test_a_reminder_comes_once(desk: Desk) -> None:
    booking = booked(desk.slot())
    with time_machine.travel(booking.slot.starts_at - timedelta(hours=20)):
        for _ in range(2):
            Booking.objects.update(reminded_at=None)
            actions.remind()
            told(booking.citizen)
    assert told(booking.citizen).count("booking.reminder") == 1


def test_a_reminder_that_is_caught_up_late_at_night_wakes_nobody(desk: Desk) -> None:
    booking = booked(desk.slot())
    eve = booking.slot.starts_at.astimezone(CHINA) - timedelta(days=1)
    with time_machine.travel(eve.replace(hour=21, minute=30), tick=False):
        remind.func(timestamp=int(eve.replace(hour=20, minute=5).timestamp()))
        assert "booking.reminder" not in told(booking.citizen)
    with time_machine.travel(eve.replace(hour=20, minute=30), tick=False):
        remind.func(timestamp=int(eve.replace(hour=20, minute=5).timestamp()))
        assert "booking.reminder" in told(booking.citizen)


def test_what_the_hall_does_is_told_with_its_reason(desk: Desk) -> None:
    booking = booked(desk.slot())
    booking.reason = "停电检修"
    booking.save()
    emit(BookingRebooked(booking_id=booking.public_id))
    emit(BookingCancelled(booking_id=booking.public_id, by="hall"))
    emit(BookingMissed(booking_id=booking.public_id))
    assert told(booking.citizen)[1:] == ["booking.rebooked", "booking.cancelled_by_hall", "booking.missed"]
    assert sum("停电检修" in message.body for message in Message.objects.all()) == 2


def test_a_family_member_who_booked_is_told_too(desk: Desk) -> None:
    daughter, mother, slot = make_person(), make_person(), desk.slot()
    booking = actions.hold(daughter.actor, citizen=mother, booked_by=daughter, slot=slot)
    actions.confirm(daughter.actor, booking=booking)
    assert told(mother) == told(daughter) == ["booking.confirmed"]


def test_an_offer_tells_until_when(desk: Desk) -> None:
    slot = desk.slot()
    booking, person = booked(slot), make_person()
    actions.join(
        person.actor, citizen=person, booked_by=person, group=desk.group,
        item_code=desk.item_code, day=slot.date,
    )  # fmt: skip
    actions.cancel(booking.citizen.actor, booking=booking)
    assert told(person) == ["booking.offered"]


def test_a_finished_visit_asks_for_a_rating(desk: Desk) -> None:
    booking = booked(desk.slot())
    visit = Visit.objects.create(
        group=desk.group, day=today(), sequence=1, number="A001", kind="booked", booking=booking,
        citizen=booking.citizen, item_code=desk.item_code, state="done", arrived_at=now(), due_at=now(),
    )  # fmt: skip
    emit(VisitFinished(visit.public_id))
    assert told(booking.citizen)[-1] == "visit.finished"
    message = Message.objects.get(template="visit.finished")
    assert visit.booking
    assert message.link == (
        f"/pages/case/rate?kind=visit&id={visit.public_id}&booking={visit.booking.public_id}"
    )


def test_a_request_to_act_names_nobody_in_full(run_tasks: Callable[[], int]) -> None:
    agent, principal = make_person(), make_person()
    identity.ask_delegation(agent.actor, agent=agent, phone=principal.phone, relation="母亲")
    assert told(principal) == ["delegation.asked"]
    assert agent.name not in Message.objects.get().body
    assert Delegation.objects.get().agent == agent
