"""A day's free times read by a crowd, over HTTP, from what the demo city offers."""

import statistics
from pathlib import Path
from typing import TYPE_CHECKING

from bench.figures import Value
from bench.progress import say
from bench.wrk import requests_per_second

if TYPE_CHECKING:
    from support.city import City

ROUNDS = 5
_OPTIONS = ["-t1", "-c32", "-d3s", "-s", str(Path(__file__).with_name("browsing.lua"))]


def measure(city: "City") -> dict[str, Value]:
    """Answers are a second old at most; one thread of wrk leaves a core to the platform."""
    from support.booking import bookable

    wanted = bookable(city)
    group, day = wanted["place"]["group"], wanted["place"]["next_free"][:10]
    address = (
        f"http://127.0.0.1:{city.port}/api/v1/booking/groups/{group}/times?item={wanted['code']}&date={day}"
    )
    rates = []
    for number in range(ROUNDS):
        say(f"appointments: free times, round {number + 1} of {ROUNDS}")
        rates.append(requests_per_second(_OPTIONS, address))
    return {"availability_read_rps": round(statistics.median(rates))}
