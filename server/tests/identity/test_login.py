"""Logging in over HTTP, the SMS really sent to the sandbox: what works, and all that must not."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from identity.factories import CitizenFactory, phone
from pytest_django.fixtures import Settings
from support.sandbox import Sandbox
from time_machine import TimeMachineFixture

from zhijian.audit.models import AuditEntry
from zhijian.core.clock import now
from zhijian.identity.models import Citizen, LoginCode, Session

pytestmark = pytest.mark.django_db
PHONE = phone(7)


def ask(client: Client, number: str = PHONE, **headers: str) -> Any:
    return client.post(
        "/api/v1/login-codes", {"phone": number}, content_type="application/json", headers=headers
    )


def enter(client: Client, code: str, number: str = PHONE, device: str = "试验手机") -> Any:
    content = {"phone": number, "code": code, "device": device}
    return client.post("/api/v1/sessions", content, content_type="application/json")


def other_than(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06d}"


def test_a_phone_and_its_code_open_a_session(client: Client, sandbox: Sandbox, settings: Settings) -> None:
    settings.DEMO = False
    answer = ask(client)
    assert (answer.status_code, answer.json()) == (202, {"resend_after": 60})
    message = sandbox.messages(PHONE)[0]
    assert message["text"].startswith("【云州政务】您的登录验证码是")
    done = enter(client, sandbox.code(PHONE))
    assert done.status_code == 201
    body = done.json()
    me = client.get("/api/v1/me", headers={"Authorization": f"Bearer {body['token']}"}).json()
    assert me == body["citizen"]
    assert me | {"id": ""} == {
        "id": "",
        "phone_masked": "199****0007",
        "name_masked": None,
        "id_masked": None,
        "real_name": False,
        "locale": "zh-CN",
        "elder_mode": False,
        "saved_materials": 0,
    }


def test_the_same_phone_is_the_same_citizen(client: Client, sandbox: Sandbox) -> None:
    known = CitizenFactory(serial=7)
    ask(client, "+86 199 0000 0007")
    assert enter(client, sandbox.code(PHONE)).json()["citizen"]["id"] == known.public_id
    assert Citizen.objects.count() == 1


def test_known_and_unknown_phones_are_answered_alike(client: Client, sandbox: Sandbox) -> None:
    CitizenFactory(serial=8)
    known, unknown = ask(client, phone(8)), ask(client, phone(9))
    assert (known.status_code, known.content) == (unknown.status_code, unknown.content)
    refused = [enter(client, "abc", number) for number in (phone(8), phone(9), phone(10))]
    assert len({answer.content for answer in refused}) == 1


@pytest.mark.parametrize("number", ["", "123", "12900001234", "19900001234x", "0" * 30])
def test_a_wrong_phone_is_named(client: Client, number: str) -> None:
    answer = ask(client, number)
    assert answer.status_code == 422
    assert answer.json()["code"] == "identity.phone_wrong"
    assert answer.json()["fields"][0]["path"] == "/phone"
    assert answer["Content-Type"].startswith("application/problem+json")


def test_the_inbox_is_named_in_the_demo_only(client: Client, sandbox: Sandbox, settings: Settings) -> None:
    settings.DEMO = True
    assert ask(client).json()["sandbox_inbox"] == settings.SANDBOX_INBOX_URL


def test_a_code_opens_once(client: Client, sandbox: Sandbox) -> None:
    ask(client)
    code = sandbox.code(PHONE)
    assert enter(client, code).status_code == 201
    replay = enter(client, code)
    assert (replay.status_code, replay.json()["code"]) == (422, "identity.code_used")
    assert Session.objects.count() == 1


def test_a_code_lasts_five_minutes(
    client: Client, sandbox: Sandbox, time_machine: TimeMachineFixture
) -> None:
    start = now()
    time_machine.move_to(start, tick=False)
    ask(client)
    time_machine.move_to(start + timedelta(minutes=5), tick=False)
    late = enter(client, sandbox.code(PHONE))
    assert (late.status_code, late.json()["code"]) == (422, "identity.code_expired")
    time_machine.move_to(start + timedelta(minutes=4, seconds=59), tick=False)
    assert enter(client, sandbox.code(PHONE)).status_code == 201


def test_five_wrong_guesses_end_a_code(client: Client, sandbox: Sandbox) -> None:
    ask(client)
    code = sandbox.code(PHONE)
    for _ in range(5):
        wrong = enter(client, other_than(code))
        assert (wrong.status_code, wrong.json()["code"]) == (422, "identity.code_wrong")
    right = enter(client, code)
    assert (right.status_code, right.json()["code"]) == (429, "identity.code_locked")
    refused = AuditEntry.objects.filter(action="session.started", outcome="refused")
    assert refused.count() == 6
    assert PHONE not in str(list(refused.values()))


def test_a_code_is_for_its_phone_only(client: Client, sandbox: Sandbox) -> None:
    ask(client)
    ask(client, phone(11))
    foreign = enter(client, sandbox.code(phone(11)))
    expected = {"identity.code_wrong"} if sandbox.code(PHONE) != sandbox.code(phone(11)) else set()
    assert {foreign.json()["code"]} == expected


def test_only_the_newest_code_counts(
    client: Client, sandbox: Sandbox, time_machine: TimeMachineFixture
) -> None:
    ask(client)
    old = sandbox.code(PHONE)
    time_machine.move_to(now() + timedelta(seconds=61))
    ask(client)
    if old != sandbox.code(PHONE):
        assert enter(client, old).json()["code"] == "identity.code_wrong"
    assert enter(client, sandbox.code(PHONE)).status_code == 201


def test_one_code_a_minute(client: Client, sandbox: Sandbox, time_machine: TimeMachineFixture) -> None:
    start = now()
    time_machine.move_to(start, tick=False)
    ask(client)
    time_machine.move_to(start + timedelta(seconds=18), tick=False)
    soon = ask(client)
    assert (soon.status_code, soon.json()["code"]) == (429, "identity.codes_too_often")
    assert soon["Retry-After"] == "42"
    assert soon.json()["resend_after"] == 42
    assert len(sandbox.messages(PHONE)) == 1
    time_machine.move_to(start + timedelta(seconds=60), tick=False)
    assert ask(client).status_code == 202


def test_ten_codes_a_day(client: Client, sandbox: Sandbox, time_machine: TimeMachineFixture) -> None:
    start = now()
    for minute in range(10):
        time_machine.move_to(start + timedelta(minutes=2 * minute), tick=False)
        assert ask(client).status_code == 202
    time_machine.move_to(start + timedelta(hours=23), tick=False)
    assert ask(client)["Retry-After"] == "3600"
    time_machine.move_to(start + timedelta(hours=24), tick=False)
    assert ask(client).status_code == 202
    assert AuditEntry.objects.filter(action="login_code.requested", outcome="refused").count() == 1


def test_thirty_codes_an_hour_from_one_address(client: Client, sandbox: Sandbox, settings: Settings) -> None:
    settings.TRUSTED_PROXIES = 1
    settings.LOGIN_CODES_PER_ADDRESS_HOUR = 3
    here = {"X-Forwarded-For": "203.0.113.9, 198.51.100.7"}
    statuses = [ask(client, phone(serial), **here).status_code for serial in range(20, 24)]
    assert statuses == [202, 202, 202, 429]
    forged = {"X-Forwarded-For": "192.0.2.1, 198.51.100.7"}
    assert ask(client, phone(24), **forged).status_code == 429, "only what the trusted proxy saw counts"
    elsewhere = {"X-Forwarded-For": "203.0.113.9, 198.51.100.8"}
    assert ask(client, phone(24), **elsewhere).status_code == 202


def test_without_a_trusted_proxy_the_header_is_ignored(
    client: Client, sandbox: Sandbox, settings: Settings
) -> None:
    settings.LOGIN_CODES_PER_ADDRESS_HOUR = 1
    assert ask(client, phone(30), **{"X-Forwarded-For": "192.0.2.1"}).status_code == 202
    assert ask(client, phone(31), **{"X-Forwarded-For": "192.0.2.2"}).status_code == 429


@pytest.mark.parametrize("fault", ["timeout", "500", "reject"])
def test_with_the_gateway_down_nothing_is_burnt(
    client: Client, sandbox: Sandbox, time_machine: TimeMachineFixture, fault: str
) -> None:
    ask(client)
    code = sandbox.code(PHONE)
    time_machine.move_to(now() + timedelta(seconds=61))
    sandbox.fault(sms=fault)
    down = ask(client)
    assert (down.status_code, down.json()["code"]) == (503, "identity.sms_unavailable")
    assert "短信" in down.json()["title"]
    assert down["Retry-After"] == "60"
    sandbox.fault(sms="ok")
    assert ask(client).status_code == 202, "a failed sending does not count"
    LoginCode.objects.latest("id").delete()
    assert enter(client, code).status_code == 201, "the earlier code stays good"


def test_neither_code_nor_phone_nor_token_is_stored(client: Client, sandbox: Sandbox) -> None:
    ask(client)
    code = sandbox.code(PHONE)
    token = enter(client, code).json()["token"]
    stored = str([*LoginCode.objects.values(), *Session.objects.values()])
    assert f"'{code}'" not in stored
    assert PHONE not in stored
    assert token not in stored
    assert len(token) >= 43, "256 bits"


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b'{"phone": 19900000007}', b'{"phone": null}', b"{", b'{"phone": "' + b"1" * 40 + b'"}'],
)
def test_malformed_requests_are_refused_in_chinese(client: Client, body: bytes) -> None:
    answer = client.post("/api/v1/login-codes", body, content_type="application/json")
    assert answer.status_code in {400, 422}
    assert not answer.json()["title"].isascii()
