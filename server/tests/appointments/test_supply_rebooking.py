"""Who goes where when a slot is gone."""

from datetime import datetime

import pytest

from zhijian.appointments.rules import rebooking
from zhijian.appointments.rules.rebooking import Place
from zhijian.core.zone import CHINA

NOW = datetime(2026, 10, 8, 8, tzinfo=CHINA)
LOST = Place(0, 1, 1, datetime(2026, 10, 12, 9, tzinfo=CHINA))


def _place(slot: int, day: int, hour: int, *, group: int = 1, hall: int = 1) -> Place:
    return Place(slot, hall, group, datetime(2026, 10, day, hour, tzinfo=CHINA))


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (_place(1, 12, 11), _place(2, 12, 14)),  # the same half of the day
        (_place(1, 12, 10), _place(2, 12, 11)),  # the nearer time
        (_place(1, 12, 14), _place(2, 13, 9)),  # the nearer day
        (_place(1, 13, 9), _place(2, 11, 9)),  # rather later than earlier
        (_place(1, 19, 16), _place(2, 12, 9, group=2)),  # the same group
        (_place(1, 19, 16, group=2), _place(2, 12, 9, group=3, hall=2)),  # the same hall
    ],
)
def test_the_better_place_comes_first(better: Place, worse: Place) -> None:
    assert rebooking.in_order([worse, better], lost=LOST, now=NOW) == [better, worse]


@pytest.mark.parametrize(
    "place", [LOST, _place(1, 20, 9), _place(1, 4, 9), _place(1, 8, 7), _place(1, 8, 9), _place(1, 9, 7)]
)
def test_nobody_is_sent_too_far_or_too_soon(place: Place) -> None:
    assert rebooking.in_order([place], lost=LOST, now=NOW) == []


def test_earlier_with_a_days_notice_is_fine() -> None:
    assert rebooking.in_order([_place(1, 9, 9)], lost=LOST, now=NOW)
