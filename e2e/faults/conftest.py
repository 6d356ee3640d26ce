"""A city of its own: these tests kill parts of it."""

from collections.abc import Iterator
from contextlib import closing
from itertools import count

import httpx
import pytest
from support.applicant import Applicant, invented
from support.city import City
from support.inside import process, until
from support.prepared import copied_city

_people = count(1)


@pytest.fixture(scope="package")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    """Jobs of a dead worker are given to the next one after 15 s instead of a minute."""
    with copied_city(tmp_path_factory.mktemp("faults"), STALLED_AFTER="15") as city:
        yield city


@pytest.fixture
def applicant(city: City) -> Iterator[Applicant]:
    """Somebody new for each test, logged in and verified, in a city that has recovered from the test before."""
    until(lambda: _healthy(city), seconds=60, every=0.5)
    applicant = Applicant.logged_in(city, invented(next(_people)))
    with closing(applicant.http):
        yield applicant


def _healthy(city: City) -> bool:
    try:
        process(city, "worker")
        return httpx.get(f"{city.app}/healthz", timeout=10).is_success
    except (LookupError, httpx.TransportError):
        return False
