"""The sandbox as others meet it: over HTTP, with signatures, faults and a page."""

import json
import time
import urllib.error
import urllib.request
from typing import Any

import pytest
from support.sandbox import Sandbox

from zhijian.core.outbound.signing import signature

SECRET = "sandbox-secret"


def send(
    sandbox: Sandbox,
    path: str,
    content: Any,
    *,
    secret: str = SECRET,
    app_id: str = "zhijian",
    age: int = 0,
    nonce: str = "",
    sent: bytes | None = None,
) -> tuple[int, dict[str, Any]]:
    """A signed call; ``sent`` replaces the body after signing."""
    body = json.dumps(content, ensure_ascii=False).encode()
    timestamp, nonce = str(int(time.time()) - age), nonce or str(time.monotonic_ns())
    headers = {
        "X-App-Id": app_id,
        "X-Timestamp": timestamp,
        "X-Nonce": nonce,
        "X-Signature": signature(app_id, timestamp, nonce, body, secret=secret),
    }
    request = urllib.request.Request(sandbox.url + path, data=sent or body, headers=headers, method="POST")
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        with error:
            return error.code, json.load(error)


def get(sandbox: Sandbox, path: str, **headers: str) -> tuple[int, str, Any]:
    request = urllib.request.Request(sandbox.url + path, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:
            return answer.status, answer.read().decode(), answer.headers
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode(), error.headers


CODE = {"phone": "19900000001", "template_id": "LOGIN_CODE", "params": {"code": "042137", "minutes": "5"}}


def test_a_message_is_accepted_and_shown_newest_first(sandbox: Sandbox) -> None:
    status, answer = send(sandbox, "/sms/v1/messages", CODE)
    assert (status, answer["code"]) == (200, "0")
    send(sandbox, "/sms/v1/messages", CODE | {"phone": "19900000002"})
    assert [message["phone"] for message in sandbox.messages()] == ["19900000002", "19900000001"]
    assert sandbox.code("19900000001") == "042137"
    _, page, _ = get(sandbox, "/")
    assert page.index("199 0000 0002") < page.index("199 0000 0001")
    assert "<strong>042137</strong>" in page
    assert 'lang="zh-Hans"' in page


def test_the_page_fetches_only_what_changed(sandbox: Sandbox) -> None:
    status, items, headers = get(sandbox, "/messages.html")
    assert status == 200
    assert "还没有短信" in items
    _, page, _ = get(sandbox, "/")
    assert headers["ETag"].replace('"', "&quot;") in page
    assert get(sandbox, "/messages.html", **{"If-None-Match": headers["ETag"]})[0] == 304
    send(sandbox, "/sms/v1/messages", CODE)
    assert get(sandbox, "/messages.html", **{"If-None-Match": headers["ETag"]})[0] == 200


def test_what_is_sent_cannot_script_the_page(sandbox: Sandbox) -> None:
    notice = {"title": "<script>alert(1)</script>", "words": "x"}
    send(sandbox, "/sms/v1/messages", CODE | {"template_id": "CASE_NOTICE", "params": notice})
    assert "<script>alert" not in get(sandbox, "/")[1]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"secret": "other"}, "1001"),
        ({"app_id": "stranger"}, "1001"),
        ({"sent": b'{"phone": "19900000009"}'}, "1001"),
        ({"age": 200_100}, "1002"),
        ({"age": -200_100}, "1002"),
    ],
)
def test_wrong_signatures_are_refused(sandbox: Sandbox, changes: dict[str, Any], code: str) -> None:
    assert send(sandbox, "/sms/v1/messages", CODE, **changes)[1]["code"] == code
    assert sandbox.messages() == []


def test_a_request_counts_once(sandbox: Sandbox) -> None:
    assert send(sandbox, "/sms/v1/messages", CODE, nonce="once")[1]["code"] == "0"
    assert send(sandbox, "/sms/v1/messages", CODE, nonce="once")[1]["code"] == "1003"
    assert len(sandbox.messages()) == 1


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (CODE | {"template_id": "FREE_TEXT"}, "2001"),
        (CODE | {"phone": "12345"}, "2002"),
        (CODE | {"params": {}}, "2004"),
        (CODE | {"params": None}, "2004"),
        ([], "2003"),
    ],
)
def test_messages_the_operator_does_not_take(sandbox: Sandbox, content: Any, code: str) -> None:
    assert send(sandbox, "/sms/v1/messages", content)[1]["code"] == code


def test_a_repeat_is_known_by_the_senders_own_id(sandbox: Sandbox) -> None:
    notice = CODE | {"template_id": "NOTICE", "params": {"title": "提醒", "words": "x"}, "client_id": "k1"}
    first, again = (send(sandbox, "/sms/v1/messages", notice)[1] for _ in range(2))
    assert first["message_id"] == again["message_id"]
    assert len(sandbox.messages()) == 1
    send(sandbox, "/sms/v1/messages", notice | {"client_id": "k2"})
    assert len(sandbox.messages()) == 2


def test_what_became_of_messages(sandbox: Sandbox) -> None:
    ids = [
        send(sandbox, "/sms/v1/messages", CODE | {"phone": phone})[1]["message_id"]
        for phone in ("19900000001", "19900000000")
    ]
    answer = send(sandbox, "/sms/v1/reports", {"message_ids": [*ids, "nobody's"]})[1]
    assert answer["reports"] == {ids[0]: "delivered", ids[1]: "undelivered"}
    assert send(sandbox, "/sms/v1/reports", {"message_ids": "all"})[1]["code"] == "2006"


def test_the_last_two_hundred_are_kept(sandbox: Sandbox) -> None:
    for number in range(203):
        send(sandbox, "/sms/v1/messages", CODE | {"phone": f"19900000{number:03d}"})
    kept = sandbox.messages()
    assert len(kept) == 200
    assert kept[-1]["phone"] == "19900000003"


@pytest.mark.parametrize(
    ("name", "number", "result"),
    [
        ("吴子墨", "990107200605300512", "match"),
        ("别人", "990107200605300512", "mismatch"),
        ("林试验", "990102199001150413", "match"),
        ("林试验", "11010519491231002X", "unknown"),
    ],
)
def test_identity_check(sandbox: Sandbox, name: str, number: str, result: str) -> None:
    answer = send(sandbox, "/identity/v1/checks", {"name": name, "id_number": number})[1]
    assert answer == {"code": "0", "result": result}


@pytest.mark.parametrize("number", ["990102199001150410", "99010219900115041", "", "９90102199001150413"])
def test_malformed_numbers_are_refused(sandbox: Sandbox, number: str) -> None:
    answer = send(sandbox, "/identity/v1/checks", {"name": "林试验", "id_number": number})[1]
    assert answer["code"] == "3001"


def test_an_order_has_one_parcel_that_moves(sandbox: Sandbox) -> None:
    receiver = {"name": "林试验", "phone": "19900000001", "address": "云州市试验路1号"}
    order = {"order_no": "YZ1-delivery", "receiver": receiver}
    first, again = (send(sandbox, "/courier/v1/orders", order)[1] for _ in range(2))
    assert first == again
    assert send(sandbox, "/courier/v1/orders", order | {"order_no": "YZ2"})[1] != first
    asked = {"tracking_number": first["tracking_number"]}
    states = [send(sandbox, "/courier/v1/traces", asked)[1]["state"] for _ in range(4)]
    assert states == ["collected", "in_transit", "delivered", "delivered"]
    assert send(sandbox, "/courier/v1/traces", {"tracking_number": "no"})[1]["code"] == "4004"
    assert send(sandbox, "/courier/v1/orders", {"order_no": "YZ3"})[1]["code"] == "4001"


def test_faults_are_switched_by_system(sandbox: Sandbox) -> None:
    sandbox.fault(sms="500", identity="reject")
    assert send(sandbox, "/sms/v1/messages", CODE)[0] == 500
    assert send(sandbox, "/identity/v1/checks", {"name": "x", "id_number": "x"})[1]["code"] == "3003"
    assert send(sandbox, "/courier/v1/traces", {"tracking_number": "no"})[0] == 200
    present = json.loads(get(sandbox, "/faults")[1])
    assert present.pop("sms") == "500"
    assert present.pop("identity") == "reject"
    assert set(present.values()) == {"ok"}


@pytest.mark.parametrize("wanted", [{"sms": "sulk"}, {"fax": "ok"}, {"sms": "ok", "fax": "500"}, ["sms"]])
def test_unknown_faults_change_nothing(sandbox: Sandbox, wanted: Any) -> None:
    request = urllib.request.Request(sandbox.url + "/faults", json.dumps(wanted).encode(), method="POST")
    with pytest.raises(urllib.error.HTTPError) as refusal:
        urllib.request.urlopen(request, timeout=5)
    with refusal.value as answer:
        assert answer.code == 400
    assert set(json.loads(get(sandbox, "/faults")[1]).values()) == {"ok"}


def test_addresses_that_do_not_exist(sandbox: Sandbox) -> None:
    assert get(sandbox, "/nothing")[0] == 404
    assert send(sandbox, "/nothing", {})[0] == 404
    assert get(sandbox, "/healthz")[0] == 200
