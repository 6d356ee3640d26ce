"""Casework at 100,000 cases: applying, submitting, an officer's queue, a citizen's list."""

from support.city import City

from bench.cases.applying import applications
from bench.cases.lists import my_cases, queue
from bench.cases.seed import seed
from bench.cases.submitting import concurrent, one_by_one, prepared
from bench.figures import Value


def measure(city: City) -> dict[str, Value]:
    total = seed()
    drafts = prepared(city)
    return {
        "cases_total": total,
        **queue(city),
        **my_cases(city),
        **applications(city),
        **one_by_one(city, drafts),
        **concurrent(city, drafts),
    }
