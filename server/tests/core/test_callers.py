"""Whose word is believed about who calls."""

import ipaddress
import logging
import re
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from zhijian.core.callers import Callers, Proxies, caller_address, counted, networks, parsed

CDN = networks(["203.0.113.0/24", "10.0.0.0/8"])
STRANGER, PHONE = "8.8.8.8", "198.51.100.7"


@pytest.mark.parametrize(
    ("proxies", "peer", "forwarded", "caller"),
    [
        # nothing is trusted unless the deployment says so, also not from a private network
        (Proxies(), STRANGER, PHONE, STRANGER),
        (Proxies(), "127.0.0.1", PHONE, "127.0.0.1"),
        (Proxies(), "10.0.0.2", PHONE, "10.0.0.2"),
        # one proxy on a private address; what the phone claims itself stands further left
        (Proxies(1), "10.0.0.2", f"6.6.6.6, {PHONE}", PHONE),
        (Proxies(1), "::1", PHONE, PHONE),
        (Proxies(1), STRANGER, PHONE, STRANGER),
        (Proxies(1), "10.0.0.2", "", "10.0.0.2"),
        (Proxies(1), "10.0.0.2", "unknown", "10.0.0.2"),
        (Proxies(1), "", PHONE, ""),
        # a CDN before nginx
        (Proxies(2), "127.0.0.1", f"6.6.6.6, {PHONE}, 203.0.113.9", PHONE),
        (Proxies(2), "127.0.0.1", PHONE, PHONE),
        (Proxies(2), "127.0.0.1", f"{PHONE}, rubbish", "127.0.0.1"),
        # networks that are named hold at every hop: who reaches nginx past the CDN is not believed
        (Proxies(2, CDN), "10.0.0.2", f"{PHONE}, 203.0.113.9", PHONE),
        (Proxies(2, CDN), "10.0.0.2", f"{PHONE}, {STRANGER}", STRANGER),
        (Proxies(2, CDN), "127.0.0.1", f"{PHONE}, 203.0.113.9", "127.0.0.1"),
        # spellings
        (Proxies(1), "::ffff:10.0.0.2", PHONE, PHONE),
        (Proxies(1), "10.0.0.2", "[2001:db8::7]:4711", "2001:db8::7"),
        (Proxies(1), "10.0.0.2", f"{PHONE}:4711", PHONE),
        (Proxies(1), "10.0.0.2", f" {PHONE} ,, ", PHONE),
    ],
)
def test_caller(proxies: Proxies, peer: str, forwarded: str, caller: str) -> None:
    assert proxies.caller(peer, forwarded) == caller


@given(
    claimed=st.lists(st.ip_addresses().map(str) | st.text(max_size=20)), phone=st.ip_addresses(v=4).map(str)
)
def test_what_the_phone_claims_changes_nothing(claimed: list[str], phone: str) -> None:
    """The proxy appends what it saw; whatever stands before that is the phone's own invention."""
    named = ", ".join([*(word.replace(",", "") for word in claimed), phone])
    assert Proxies(1).caller("10.0.0.2", named) == phone
    assert Proxies().caller(phone, named) == phone


@pytest.mark.parametrize(
    ("address", "one"),
    [
        ("198.51.100.7", "198.51.100.7"),
        ("::ffff:198.51.100.7", "198.51.100.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:db8:1:2::", "2001:db8:1:2::"),
        ("fe80::1%eth0", "fe80::"),
        ("", ""),
        ("unix:", "unix:"),
    ],
)
def test_an_ipv6_line_counts_as_one_caller(address: str, one: str) -> None:
    assert counted(address) == one


@given(st.text(max_size=60))
def test_any_text_is_an_address_or_none(text: str) -> None:
    found = parsed(text)
    assert found is None or ipaddress.ip_address(str(found)) == found


def seen(**meta: str) -> HttpRequest:
    """The request as the views get it."""
    found: list[HttpRequest] = []

    def view(request: HttpRequest) -> HttpResponse:
        found.append(request)
        return HttpResponse()

    Callers(view)(RequestFactory().get("/", **meta))  # type: ignore[arg-type]
    return found[0]


def test_headers_of_strangers_are_dropped(settings: LazySettings) -> None:
    settings.TRUSTED_PROXIES = 1
    forged = {
        "HTTP_X_FORWARDED_FOR": PHONE,
        "HTTP_X_FORWARDED_PROTO": "https",
        "HTTP_X_FORWARDED_HOST": "evil.example",
    }
    request = seen(REMOTE_ADDR=STRANGER, **forged)
    assert (caller_address(request), request.is_secure()) == (STRANGER, False)
    assert not [name for name in request.META if "FORWARDED" in name]


def test_the_proxys_word_holds(settings: LazySettings) -> None:
    settings.TRUSTED_PROXIES = 1
    request = seen(REMOTE_ADDR="10.0.0.2", HTTP_X_FORWARDED_FOR=PHONE, HTTP_X_FORWARDED_PROTO="https")
    assert (caller_address(request), request.is_secure()) == (PHONE, True)


def test_a_proxy_that_nobody_named_is_told_of_once(caplog: pytest.LogCaptureFixture) -> None:
    middleware = Callers(lambda request: HttpResponse(caller_address(request)))
    request = RequestFactory()
    with caplog.at_level(logging.WARNING):
        answers = [
            middleware(request.get("/", REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR=PHONE)) for _ in "ab"
        ]
    assert [answer.content for answer in answers] == [b"127.0.0.1"] * 2
    (record,) = caplog.records
    assert "TRUSTED_PROXIES" in record.message
    assert PHONE not in record.message


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("trusted", "meta", "status"),
    [
        (0, {"REMOTE_ADDR": "127.0.0.1"}, 200),
        (0, {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": PHONE}, 403),
        (0, {"REMOTE_ADDR": STRANGER}, 403),
        (1, {"REMOTE_ADDR": "127.0.0.1"}, 403),  # a proxy of this machine that does not say for whom it asks
        (1, {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "127.0.0.1"}, 403),
    ],
)
def test_figures_are_for_this_machine(
    settings: LazySettings, trusted: int, meta: dict[str, str], status: int
) -> None:
    settings.TRUSTED_PROXIES = trusted
    assert Client().get("/metrics", **meta).status_code == status  # type: ignore[arg-type]


def test_nobody_else_asks_who_calls() -> None:
    """Two answers to one question drift apart: forwarded headers and the peer are read in one place."""
    root = Path(__file__).parents[2]
    allowed = {"zhijian/core/callers.py", "zhijian/core/metrics.py", "config/settings.py"}
    pattern = re.compile(r"REMOTE_ADDR|X[-_]FORWARDED|x-forwarded|X-Real-IP", re.IGNORECASE)
    readers = {
        str(path.relative_to(root))
        for folder in ("zhijian", "config")
        for path in (root / folder).rglob("*.py")
        if pattern.search(path.read_text())
    }
    assert readers - allowed == {"zhijian/appointments/rush/http.py"}  # hands the raw header to Proxies
