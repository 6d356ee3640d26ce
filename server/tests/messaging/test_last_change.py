"""Whatever way a booking was moved, the newest message of the inbox tells the time that holds."""

from contextlib import suppress
from datetime import timedelta

import pytest
import time_machine
from appointments.factories import Desk, booked, make_desk
from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from messaging.factories import told
from support.tasks import run_pending

from zhijian.appointments import actions
from zhijian.appointments.actions.supply.rebooking import rebook_or_cancel
from zhijian.appointments.errors import TooManyChanges
from zhijian.appointments.models import Booking, Slot
from zhijian.core.actor import SYSTEM
from zhijian.core.clock import now
from zhijian.core.zone import CHINA
from zhijian.messaging.models import Message

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nothing_leaves")]


@pytest.fixture
def desk() -> Desk:
    return make_desk()


def _slots(desk: Desk) -> list[Slot]:
    """Two for tomorrow, one for the day after."""
    tomorrow = (now() + timedelta(days=1)).replace(hour=14, minute=0, second=0, microsecond=0)
    moments = (tomorrow, tomorrow + timedelta(hours=1), tomorrow + timedelta(days=1))
    return [desk.slot(general=3, starts_at=moment) for moment in moments]


def _tells(booking: Booking) -> bool:
    booking.refresh_from_db()
    slot = Slot.objects.get(pk=booking.slot_id)
    local = slot.starts_at.astimezone(CHINA)
    message = Message.objects.filter(citizen=booking.citizen).order_by("-happened_at", "-id")[0]
    weekday = "一二三四五六日"[local.weekday()]
    return f"{local:%-m月%-d日}（周{weekday}）{local:%H:%M}" in (message.body or "")


def test_there_and_back_and_there_again(desk: Desk) -> None:
    here, there, _ = _slots(desk)
    booking = booked(here)
    for slot in (there, here, there):
        actions.change(booking.citizen.actor, booking=booking, slot=slot)
        run_pending()
        assert _tells(booking)
    assert told(booking.citizen) == ["booking.confirmed", *["booking.changed"] * 3]


def test_who_moved_there_and_back_is_reminded_of_what_holds(desk: Desk) -> None:
    here, there, _ = _slots(desk)
    booking = booked(here)
    with time_machine.travel(now() + timedelta(minutes=1), tick=False):
        actions.remind()
        told(booking.citizen)
    for slot in (there, here):
        actions.change(booking.citizen.actor, booking=booking, slot=slot)
    with time_machine.travel(now() + timedelta(hours=1), tick=False):
        actions.remind()
    assert told(booking.citizen).count("booking.reminder") == 2
    assert _tells(booking)


_STEPS = st.lists(st.tuples(st.sampled_from(["0", "1", "2", "hall", "remind"]), st.booleans()), max_size=10)
"""To which slot the person moves, or what the hall does; and whether it is told before the next step."""


@given(steps=_STEPS)
@example(steps=[("1", True), ("0", True), ("1", True)])
@example(steps=[("1", True), ("hall", True), ("remind", True), ("1", False), ("0", True)])
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_walk_ends_with_the_truth(desk: Desk, steps: list[tuple[str, bool]]) -> None:
    with transaction.atomic():
        _walk(desk, steps)
        transaction.set_rollback(True)


def _walk(desk: Desk, steps: list[tuple[str, bool]]) -> None:
    slots, begin = _slots(desk), now()
    booking = booked(slots[0])
    for minute, (step, told_at_once) in enumerate(steps, start=1):
        with time_machine.travel(begin + timedelta(minutes=minute), tick=False):
            _step(booking, step, slots)
            if told_at_once:
                run_pending()
    with time_machine.travel(begin + timedelta(hours=1), tick=False):
        run_pending()
    assert _tells(booking), steps


def _step(booking: Booking, step: str, slots: list[Slot]) -> None:
    booking.refresh_from_db()
    if step == "hall":
        rebook_or_cancel(SYSTEM, booking=booking, reason="停电检修")
    elif step == "remind":
        actions.remind()
    else:
        with suppress(TooManyChanges):
            actions.change(booking.citizen.actor, booking=booking, slot=slots[int(step)])
