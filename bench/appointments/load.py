"""Everybody books at once over HTTP: wrk sends each person's request once, in the order of the list."""

import re
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bench.appointments.seed import Ask, confirmed
from bench.client import Unexpected
from bench.wrk import ran

if TYPE_CHECKING:
    from support.city import City

SECONDS = 3
_SCRIPT = Path(__file__).with_name("booking.lua")
_UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0}


@dataclass(frozen=True, slots=True)
class Round:
    """``rate``: confirmed bookings a second, counted in the database."""

    rate: float
    p99_ms: float


def through_lane(city: "City", asks: list[Ask], people: int) -> Round:
    return _booked(city, asks, people, city.rush_port, "/rush/v1/bookings")


def by_ordinary_path(city: "City", asks: list[Ask], people: int) -> Round:
    """The same request to the platform itself: a transaction for each person."""
    return _booked(city, asks, people, city.port, "/api/v1/rush/bookings")


def _booked(city: "City", asks: list[Ask], people: int, port: int, path: str) -> Round:
    listed = city.home / "bench-bookings.txt"
    listed.write_text("".join(f"{ask.token} {ask.slot_id} {ask.slot}-{ask.citizen:07}\n" for ask in asks))
    options = ["-t1", f"-c{people}", f"-d{SECONDS}s", "--latency", "-s", str(_SCRIPT)]
    started = time.perf_counter()
    output = ran(options, f"http://127.0.0.1:{port}", str(listed), path)
    elapsed = time.perf_counter() - started
    booked = confirmed(sorted({ask.slot for ask in asks}))
    if booked >= len(asks):
        raise Unexpected("the list of people is too short for this machine")
    return Round(booked / _measured(output, elapsed), _p99(output))


def _measured(output: str, elapsed: float) -> float:
    """The seconds that wrk says it ran: its start, when it reads the list, does not count."""
    found = re.search(r"requests in ([\d.]+)(m?s)", output)
    return float(found[1]) * _UNITS[found[2]] / 1000 if found else elapsed


def _p99(output: str) -> float:
    found = re.search(r"99%\s+([\d.]+)(us|ms|s)", output)
    if found is None:
        raise Unexpected(output)
    return float(found[1]) * _UNITS[found[2]]
