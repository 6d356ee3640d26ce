"""Who takes part in a journey: somebody new with a phone, and an officer at the desk."""

import time
from collections.abc import Iterator
from contextlib import closing

import pytest
from playwright.sync_api import Page
from support.applicant import Applicant, stranger
from support.citizen import Citizen
from support.city import City
from support.officer import Officer


@pytest.fixture(scope="session", autouse=True)
def earlier(city: City) -> Iterator[tuple[Applicant, float]]:
    """Somebody who logged in when the journeys began, and when: a second code is not given within a minute."""
    applicant = Applicant.logged_in(city, stranger())
    with closing(applicant.http):
        yield applicant, time.monotonic()


@pytest.fixture
def applicant(city: City) -> Iterator[Applicant]:
    applicant = Applicant.logged_in(city, stranger())
    with closing(applicant.http):
        yield applicant


@pytest.fixture
def citizen(app: Page, city: City, applicant: Applicant) -> Citizen:
    """The same person's phone, logged in."""
    citizen = Citizen(app, city, applicant.person.phone)
    citizen.carry(applicant.token)
    return citizen


@pytest.fixture
def officer(console: Page, city: City) -> Officer:
    return Officer(console, city)
