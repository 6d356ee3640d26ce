"""What the random walks through a hall's life have in common."""

from datetime import timedelta
from typing import Any

import time_machine
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test

from zhijian.appointments.models import Booking
from zhijian.appointments.rules.states import state_at
from zhijian.core.clock import now
from zhijian.core.errors import Problem


class HallMachine(RuleBasedStateMachine):
    """Begins tomorrow at ten, when whatever was made for the test is in force, and leaves nothing behind."""

    def __init__(self) -> None:
        super().__init__()
        self._savepoint = transaction.atomic()
        self._savepoint.__enter__()
        tomorrow = (now() + timedelta(days=1)).replace(hour=10, minute=0)
        self.clock = time_machine.travel(tomorrow, tick=False)
        self.traveller = self.clock.start()

    def teardown(self) -> None:
        self.clock.stop()
        transaction.set_rollback(True)
        self._savepoint.__exit__(None, None, None)

    def attempt(self, call: Any, *arguments: Any, **details: Any) -> None:
        try:
            with transaction.atomic():
                call(*arguments, **details)
        except Problem:
            pass  # refusals are right answers; what they leave behind is judged by the invariants


def live(**wanted: Any) -> list[Booking]:
    """The bookings that hold a place now."""
    moment = now()
    found = Booking.objects.filter(**wanted).select_related("slot").order_by("pk")
    return [
        booking
        for booking in found
        if state_at(booking.state, booking.hold_until, moment) in ("held", "confirmed")
        and booking.slot.ends_at > moment
    ]


def walk(machine: type[HallMachine], *, examples: int, steps: int, **given: Any) -> None:
    """Random walks of ``machine``, the same in every run, with ``given`` as its attributes."""
    run_state_machine_as_test(
        type("OfThisTest", (machine,), given),
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            suppress_health_check=list(HealthCheck),
            derandomize=True,
        ),
    )
