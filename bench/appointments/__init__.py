"""Bookings of a rush through the lane, beside PostgreSQL's own pgbench doing the bare reservation."""

import statistics
from typing import TYPE_CHECKING

from bench.appointments import browsing
from bench.appointments.load import Round, by_ordinary_path, through_lane
from bench.appointments.pgbench import by_pgbench
from bench.appointments.seed import Seeded, oversold, seed, wait_until_told
from bench.database import connect
from bench.figures import Value, paired_ratio
from bench.progress import say

if TYPE_CHECKING:
    from support.city import City

CONCURRENT = (64, 200)
ORDINARY = 64
"""People who book at once without the lane."""
ROUNDS = 3
MOST_CLIENTS = 64
"""Of pgbench: the embedded server takes 100 connections, and more than this only slow it down."""


def measure(city: "City") -> dict[str, Value]:
    """The load is made by wrk with one thread, which idles most of the time; pgbench drives the database directly."""
    connect()
    browsed = browsing.measure(city)  # while the table of slots is a city's, not a benchmark's
    seeded = seed(rounds=1 + ROUNDS + 2 * ROUNDS * len(CONCURRENT))
    through_lane(city, seeded.take(), 64)  # connections, caches and plans are warm afterwards
    wait_until_told()
    figures: dict[str, Value] = {}
    for people in CONCURRENT:
        ours, theirs = _paired(city, seeded, people)
        figures[f"booking_confirm_rps_{people}"] = round(statistics.median(one.rate for one in ours))
        figures[f"booking_pgbench_rps_{people}"] = round(statistics.median(theirs))
        figures[f"booking_vs_pgbench_{people}"] = round(paired_ratio([one.rate for one in ours], theirs), 2)
        figures[f"booking_p99_ms_{people}"] = round(statistics.median(one.p99_ms for one in ours), 1)
    ordinary = _ordinary(city, seeded)
    figures["booking_ordinary_rps"] = round(ordinary)
    figures["booking_lane_vs_ordinary"] = round(figures[f"booking_confirm_rps_{ORDINARY}"] / ordinary, 1)
    many = max(CONCURRENT)
    figures |= {
        "booking_confirm_rps": figures[f"booking_confirm_rps_{many}"],
        "booking_vs_pgbench": min(figures[f"booking_vs_pgbench_{people}"] for people in CONCURRENT),
        "booking_p99_ms": figures[f"booking_p99_ms_{many}"],
        "oversold": oversold(),
    }
    return browsed | figures


def _ordinary(city: "City", seeded: Seeded) -> float:
    rates = []
    for number in range(ROUNDS):
        rates.append(by_ordinary_path(city, seeded.take(), ORDINARY).rate)
        say(f"appointments: round {number + 1} of {ROUNDS}, {rates[-1]:.0f}/s by the ordinary path")
        wait_until_told()
    return statistics.median(rates)


def _paired(city: "City", seeded: Seeded, people: int) -> tuple[list[Round], list[float]]:
    ours: list[Round] = []
    theirs: list[float] = []
    for number in range(ROUNDS):
        say(f"appointments: {people} people, round {number + 1} of {ROUNDS}")
        ours.append(through_lane(city, seeded.take(), people))
        wait_until_told()  # the worker's share of the machine must not fall into the other's round
        theirs.append(by_pgbench(seeded.take(), min(people, MOST_CLIENTS)))
        say(
            f"  {ours[-1].rate:.0f}/s through the lane ({ours[-1].p99_ms:.0f} ms p99), {theirs[-1]:.0f}/s by pgbench"
        )
    return ours, theirs
