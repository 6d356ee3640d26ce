"""What the demo city takes while nobody asks for anything, and how long its second start takes.

Memory is the sum of the proportional set sizes (Linux' PSS: a page that four processes share counts a quarter for
each) of the launcher, all that it started, and the embedded PostgreSQL.
"""

import time

import psutil
from support.city import City, started

from bench.figures import Value
from bench.progress import say

_SETTLING = 20  # seconds: the first periodic tasks are done, connections are open


def measure(city: City) -> dict[str, Value]:
    """A city of its own, as the other groups fill and wake theirs."""
    home = city.home / "rest"
    home.mkdir(exist_ok=True)
    say("rest: a first start, which prepares the data folder …")
    with started(home):
        pass
    say("rest: the second start …")
    begun = time.monotonic()
    with started(home) as rested:
        taken = time.monotonic() - begun
        time.sleep(_SETTLING)
        return {"second_start_s": round(taken, 1), "memory_rest_mb": round(_proportional(rested) / 2**20)}


def _proportional(city: City) -> int:
    assert city.process
    postmaster = int((city.home / "postgres" / "postmaster.pid").read_text().splitlines()[0])
    roots = [psutil.Process(city.process.pid), psutil.Process(postmaster)]
    return sum(
        process.memory_full_info().pss for root in roots for process in [root, *root.children(recursive=True)]
    )
