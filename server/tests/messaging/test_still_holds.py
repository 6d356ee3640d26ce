"""A message goes out only if what it says still holds at that moment."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta

import pytest
import time_machine
from appointments.factories import Desk, booked, make_desk, make_person
from cases.factories import World, accepted_case, corrected_case, delivering_case, make_world
from licences.factories import LicenceFactory
from support.sandbox import Sandbox, sandbox, sandbox_process
from support.tasks import run_pending
from tickets.factories import City, asking, closed, make_city, replied

from zhijian.appointments import actions
from zhijian.appointments.actions.supply.rebooking import rebook_or_cancel
from zhijian.appointments.models import Booking, Slot
from zhijian.cases import actions as cases
from zhijian.core.actor import SYSTEM
from zhijian.core.clock import now, today
from zhijian.identity.models import Citizen
from zhijian.licences.actions import revoke
from zhijian.messaging.actions.deliver import deliver_due
from zhijian.messaging.actions.pace import pause_channel, resume_channel
from zhijian.messaging.models import Delivery, Message
from zhijian.messaging.queries.holding import asked, fact, still_holds
from zhijian.messaging.queries.templates import shipped
from zhijian.messaging.rules.channels import Channel
from zhijian.messaging.rules.delivery import Reason, falls_back
from zhijian.messaging.tasks import remind_of_expiry
from zhijian.tickets import actions as tickets

__all__ = ["sandbox", "sandbox_process"]
pytestmark = pytest.mark.django_db

_FACTS = {
    "booking.cancelled",
    "booking.cancelled_by_hall",
    "booking.missed",
    "case.rejected",
    "case.refused",
    "case.returned",
    "case.voided",
    "consultation.answered",
    "consultation.withdrawn",
    "licence.revoked",
}
"""What happened, whatever comes after. Everything else tells a state, and somebody is asked whether it lasts."""


@pytest.fixture
def city(nothing_leaves: None) -> City:
    return make_city()


def test_every_template_says_who_knows_whether_it_still_holds() -> None:
    assert set(asked()) == set(shipped())
    assert {code for code, holds in asked().items() if holds is fact} == _FACTS


def test_what_is_no_longer_true_is_not_tried_by_another_channel() -> None:
    assert not falls_back(Reason.CHANGED)


# A reminder of tomorrow's booking is made in quiet hours and waits for their end.


@pytest.fixture
def reminded(sandbox: Sandbox) -> Iterator[Callable[[], None]]:
    """Have everybody with a booking of tomorrow reminded in the night; the test goes on in that night."""
    night = datetime.combine(today(), time(23), tzinfo=now().tzinfo)
    with time_machine.travel(night, tick=False):

        def remind() -> None:
            run_pending()
            deliver_due(seconds=5)
            with time_machine.travel(now() + timedelta(seconds=1), tick=False):
                actions.remind()
                run_pending()
            assert Delivery.objects.filter(message__template="booking.reminder", state="queued").exists()

        yield remind


def _morning() -> None:
    with time_machine.travel(now() + timedelta(hours=9, minutes=5), tick=False):
        deliver_due(seconds=5)


def _tomorrow(desk: Desk, hour: int) -> Slot:
    day = today() + timedelta(days=1)
    return desk.slot(starts_at=datetime.combine(day, time(hour), tzinfo=now().tzinfo))


def _outcome(citizen: Citizen, template: str = "booking.reminder") -> list[tuple[str, str]]:
    rows = Delivery.objects.filter(message__citizen=citizen, message__template=template).order_by("id")
    return list(rows.values_list("state", "reason"))


def test_a_reminder_that_still_holds_is_sent(sandbox: Sandbox, reminded: Callable[[], None]) -> None:
    booking = booked(_tomorrow(make_desk(), 15))
    reminded()
    _morning()
    assert _outcome(booking.citizen)[-1] == ("sent", "")
    assert any("您的预约快到了" in one["text"] for one in sandbox.messages(booking.citizen.phone))


def _cancels(desk: Desk, booking: Booking) -> None:
    actions.cancel(booking.citizen.actor, booking=booking)


def _moves(desk: Desk, booking: Booking) -> None:
    actions.change(booking.citizen.actor, booking=booking, slot=desk.slot())


def _moves_there_and_back(desk: Desk, booking: Booking) -> None:
    here = booking.slot
    moved = actions.change(booking.citizen.actor, booking=booking, slot=desk.slot())
    actions.change(booking.citizen.actor, booking=moved, slot=here)


def _is_moved_by_the_hall(desk: Desk, booking: Booking) -> None:
    desk.slot()
    booking.refresh_from_db()
    rebook_or_cancel(SYSTEM, booking=booking, reason="停电检修")


def _hall_closes(desk: Desk, booking: Booking) -> None:
    desk.schedule.slots.filter(pk=booking.slot_id).update(closed=True)


@pytest.mark.parametrize(
    "change", [_cancels, _moves, _moves_there_and_back, _is_moved_by_the_hall, _hall_closes]
)
def test_a_reminder_that_no_longer_holds_stays_away(
    sandbox: Sandbox, reminded: Callable[[], None], change: Callable[..., None]
) -> None:
    desk = make_desk()
    booking = booked(_tomorrow(desk, 15))
    reminded()
    change(desk, booking)
    _morning()
    assert _outcome(booking.citizen)[0] == ("skipped", Reason.CHANGED)
    assert not any("您的预约快到了" in one["text"] for one in sandbox.messages(booking.citizen.phone))


def test_a_cancelled_booking_is_not_even_reminded_of_in_the_inbox(nothing_leaves: None) -> None:
    booking = booked(_tomorrow(make_desk(), 15))
    with time_machine.travel(now() + timedelta(hours=1), tick=False):
        actions.remind()
        actions.cancel(booking.citizen.actor, booking=booking)
        run_pending()
    assert not Message.objects.filter(template="booking.reminder").exists()


def test_an_offer_that_somebody_left_is_not_sent(nothing_leaves: None) -> None:
    desk = make_desk()
    slot = desk.slot()
    booking, person = booked(slot), make_person()
    entry = actions.join(
        person.actor, citizen=person, booked_by=person, group=desk.group,
        item_code=desk.item_code, day=slot.date,
    )  # fmt: skip
    actions.cancel(booking.citizen.actor, booking=booking)
    run_pending()
    actions.leave(person.actor, entry=entry)
    assert _sent(person, "booking.offered") == Reason.CHANGED


def _sent(citizen: Citizen, template: str) -> str:
    """Why the first delivery of a message was skipped; the channels themselves are not asked here."""
    deliver_due(seconds=5)
    return (
        Delivery.objects.filter(message__citizen=citizen, message__template=template).order_by("id")[0].reason
    )


# Also while a channel is paused, and when it is tried again.


def test_a_paused_channel_does_not_send_old_truths_when_it_resumes(sandbox: Sandbox) -> None:
    world = make_world()
    pause_channel(SYSTEM, channel=Channel.SMS, reason="通道维护")
    case = corrected_case(world)
    run_pending()
    deliver_due(seconds=5)
    cases.withdraw(world.citizen.actor, case=case)
    with time_machine.travel(now() + timedelta(hours=3), tick=False):
        resume_channel(SYSTEM, channel=Channel.SMS)
        deliver_due(seconds=5)
    assert _outcome(world.citizen, "case.correction")[-1] == ("skipped", Reason.CHANGED)
    assert not sandbox.messages(world.citizen.phone)


def test_a_second_attempt_asks_again(sandbox: Sandbox) -> None:
    world = make_world()
    sandbox.fault(sms="500")
    case = corrected_case(world)
    run_pending()
    deliver_due(seconds=5)
    assert Delivery.objects.get(channel="sms").attempts == 1
    cases.withdraw(world.citizen.actor, case=case)
    sandbox.fault(sms="ok")
    with time_machine.travel(now() + timedelta(minutes=1), tick=False):
        deliver_due(seconds=5)
    assert _outcome(world.citizen, "case.correction")[-1] == ("skipped", Reason.CHANGED)


# Of every other domain one that was overtaken, and one that was not.


def _still(citizen: Citizen, template: str) -> bool:
    message = Message.objects.filter(citizen=citizen, template=template).order_by("-id")[0]
    assert message.about, "the predicate has something to be asked about"
    return still_holds(message)


@pytest.fixture
def world(nothing_leaves: None) -> World:
    return make_world()


def test_cases(world: World) -> None:
    accepted_case(world)
    run_pending()
    assert _still(world.citizen, "case.accepted")
    assert not _still(world.citizen, "case.submitted")


def test_a_result_that_was_collected(world: World) -> None:
    case = delivering_case(world)
    run_pending()
    assert _still(world.citizen, "case.result_ready")
    assert not _still(world.citizen, "case.approved")
    cases.confirm_receipt(world.citizen.actor, case=case)
    assert not _still(world.citizen, "case.result_ready")


def test_tickets(city: City) -> None:
    ticket = replied(city)
    run_pending()
    assert _still(city.citizen, "ticket.replied")
    tickets.reopen(city.citizen.actor, ticket=ticket, reason="第二天又不亮了")
    assert not _still(city.citizen, "ticket.replied")


def test_a_question_that_was_answered(city: City) -> None:
    ticket = asking(city)
    run_pending()
    assert _still(city.citizen, "ticket.more_asked")
    tickets.supplement(city.citizen.actor, ticket=ticket, text="在路口东侧第三盏")
    assert not _still(city.citizen, "ticket.more_asked")


def test_a_closed_ticket(city: City) -> None:
    closed(city)
    run_pending()
    assert _still(city.citizen, "ticket.closed")
    assert _still(city.citizen, "ticket.replied")


@pytest.mark.parametrize("later", [date(2036, 1, 1), None])
def test_a_renewed_licence_is_not_called_expiring(nothing_leaves: None, later: date | None) -> None:
    old = LicenceFactory(valid_to=today() + timedelta(days=20))
    remind_of_expiry.func()
    assert _still(old.citizen, "licence.expiring")
    LicenceFactory(citizen=old.citizen, licence_type=old.licence_type, valid_to=later)
    assert not _still(old.citizen, "licence.expiring")
    other = LicenceFactory(valid_to=today() + timedelta(days=20))
    LicenceFactory(citizen=other.citizen, licence_type=other.licence_type, valid_to=later)
    remind_of_expiry.func()
    assert not Message.objects.filter(citizen=other.citizen, template="licence.expiring").exists()


def test_a_revoked_licence_is_not_called_expiring(nothing_leaves: None) -> None:
    licence = LicenceFactory(valid_to=today() + timedelta(days=20))
    remind_of_expiry.func()
    revoke(SYSTEM, licence=licence, reason="持证人申请注销")
    assert not _still(licence.citizen, "licence.expiring")
