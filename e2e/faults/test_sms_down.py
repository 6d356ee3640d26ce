"""The SMS gateway is down: the person is told at once, nothing is used up, and it goes on when the gateway is back."""

from collections.abc import Iterator

import httpx
import pytest
from support.applicant import Applicant, checked, insist, invented
from support.city import City

_PERSON = invented(900)
TOLD_WITHIN = 10  # seconds
BREAKER_RESTS = 20


@pytest.fixture
def gateway(city: City) -> Iterator[httpx.Client]:
    """The sandbox's fault switches; at the end all is well again."""
    with httpx.Client(base_url=city.sandbox) as client:
        yield client
        checked(client.post("/faults", json={"sms": "ok"}))


@pytest.mark.parametrize("fault", ["500", "reject", "timeout"])
def test_no_code_can_be_sent(city: City, gateway: httpx.Client, fault: str) -> None:
    checked(gateway.post("/faults", json={"sms": fault}))
    answer = _ask_for_code(city, timeout=TOLD_WITHIN)
    assert answer.status_code == 503
    assert answer.json()["code"] == "identity.sms_unavailable"
    assert "短信" in answer.json()["title"]
    assert answer.headers["Retry-After"]


def test_back_again_without_a_wait(city: City, gateway: httpx.Client) -> None:
    checked(gateway.post("/faults", json={"sms": "500"}))
    assert _ask_for_code(city).status_code == 503
    checked(gateway.post("/faults", json={"sms": "ok"}))
    # The failed attempt did not count: no "too often" in place of a code.
    assert insist(lambda: _ask_for_code(city), seconds=BREAKER_RESTS + 5).status_code == 202


def test_those_logged_in_notice_nothing(gateway: httpx.Client, applicant: Applicant) -> None:
    checked(gateway.post("/faults", json={"sms": "500"}))
    assert applicant.me()["real_name"] is True


def _ask_for_code(city: City, timeout: float = 20) -> httpx.Response:
    return httpx.post(f"{city.app}/api/v1/login-codes", json={"phone": _PERSON.phone}, timeout=timeout)
