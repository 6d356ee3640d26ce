"""The citizen API: inbox, settings, consents."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from identity.factories import CitizenFactory, bearer
from messaging.factories import Desk, consent, done_campaign, make_districts, reader, tell, tell_urgently
from support.sandbox import Sandbox

from zhijian.audit.models import AuditEntry
from zhijian.core.clock import now
from zhijian.identity.models import Citizen
from zhijian.messaging.actions.settings import add_tag
from zhijian.messaging.api.inbox import PurposeCode
from zhijian.messaging.models import ConsentGrant, Message, Preference, PurposeSwitch
from zhijian.messaging.rules.campaigns import Text
from zhijian.messaging.rules.purposes import PURPOSES

pytestmark = pytest.mark.django_db


@pytest.fixture
def citizen() -> Citizen:
    found: Citizen = CitizenFactory()
    return found


def call(citizen: Citizen, method: str, path: str, content: Any = None, **headers: str) -> Any:
    return Client().generic(
        method,
        f"/api/v1/messages{path}",
        "" if content is None else json.dumps(content),
        content_type="application/json",
        headers=bearer(citizen) | headers,
    )


def test_the_purposes_of_the_api_are_all_purposes() -> None:
    assert set(PurposeCode.__args__) == set(PURPOSES)  # type: ignore[attr-defined]


def test_the_inbox_latest_first_in_pages(citizen: Citizen, django_assert_num_queries: Any) -> None:
    for day in range(23):
        tell(citizen, key=str(day), happened_at=now() - timedelta(days=day))
    tell(CitizenFactory())
    headers = bearer(citizen)
    with django_assert_num_queries(2):  # who asks, and the page
        first = Client().get("/api/v1/messages", headers=headers).json()
    assert len(first["items"]) == 20
    assert first["items"][0] | {"id": "", "at": ""} == {
        "id": "",
        "purpose": "case_progress",
        "purpose_label": "办件进度",
        "purpose_label_en": "Application progress",
        "title": "您的事办好了",
        "body": "您的“居住证办理”已办结。电子结果在办件和“我的证照”里。欢迎评价这次服务，您的意见会有人回应。",
        "link": "",
        "urgency": "normal",
        "read": False,
        "at": "",
    }
    rest = call(citizen, "GET", f"?cursor={first['next_cursor']}").json()
    assert (len(rest["items"]), rest["next_cursor"]) == (3, None)
    times = [one["at"] for one in first["items"] + rest["items"]]
    assert times == sorted(times, reverse=True)


def test_narrowed_by_purpose(citizen: Citizen) -> None:
    tell(citizen)
    assert len(call(citizen, "GET", "?purpose=case_progress").json()["items"]) == 1
    assert call(citizen, "GET", "?purpose=policy").json()["items"] == []
    assert call(citizen, "GET", "?purpose=gossip").status_code == 422
    assert call(citizen, "GET", "?cursor=forged").json()["code"] == "core.bad_cursor"


def test_reading_counts_down(citizen: Citizen, django_assert_num_queries: Any) -> None:
    first, _, _ = (tell(citizen, key=key) for key in "abc")
    assert call(citizen, "GET", "/unread-count").json() == {"unread": 3}
    shown = call(citizen, "POST", f"/{first.public_id}/read").json()
    assert shown["read"] is True
    at = Message.objects.get(pk=first.pk).read_at
    call(citizen, "POST", f"/{first.public_id}/read")
    assert Message.objects.get(pk=first.pk).read_at == at
    assert call(citizen, "GET", "/unread-count").json() == {"unread": 2}
    assert call(citizen, "POST", "/read-all").json() == {"unread": 0}
    headers = bearer(citizen)
    with django_assert_num_queries(2):
        Client().get("/api/v1/messages/unread-count", headers=headers)


def test_one_message_says_why_it_came(citizen: Citizen) -> None:
    message = tell_urgently(citizen, link="/pages/case/detail?id=abc")
    shown = call(citizen, "GET", f"/{message.public_id}").json()
    assert shown["why"] == "您的申请没有被受理"
    assert shown["why_en"] == "Your application was not accepted"
    assert (shown["urgency"], shown["link"]) == ("urgent", "/pages/case/detail?id=abc")
    assert shown["can_switch_off"] is False
    assert shown["purpose_words"] == "您申请的事项有新进展时告诉您"


def test_a_campaigns_message_in_the_readers_language() -> None:
    chinese, english = reader(), reader(locale="en")
    done_campaign(Desk(), en=Text("Free flu vaccination", "For people of 60 and over."))
    for citizen, title in ((chinese, "流感疫苗免费接种"), (english, "Free flu vaccination")):
        message = Message.objects.get(citizen=citizen)
        shown = call(citizen, "GET", f"/{message.public_id}").json()
        assert shown["title"] == title
        assert shown["can_switch_off"] is True
        assert "您打开了“城市活动”" in shown["why"]


def test_a_campaign_without_english_is_shown_in_chinese() -> None:
    citizen = reader(locale="en")
    done_campaign(Desk())
    assert call(citizen, "GET", "").json()["items"][0]["title"] == "流感疫苗免费接种"


def test_deleted_is_gone(citizen: Citizen) -> None:
    message = tell(citizen)
    assert call(citizen, "DELETE", f"/{message.public_id}").status_code == 204
    for method, path in (("GET", ""), ("DELETE", ""), ("POST", "/read")):
        answer = call(citizen, method, f"/{message.public_id}{path}")
        assert (answer.status_code, answer.json()["code"]) == (404, "messaging.not_found")
    assert call(citizen, "GET", "").json()["items"] == []
    assert call(citizen, "GET", "/unread-count").json() == {"unread": 0}


@pytest.mark.parametrize(("method", "path"), [("GET", ""), ("DELETE", ""), ("POST", "/read")])
def test_anothers_message_does_not_exist_and_the_attempt_is_audited(
    citizen: Citizen, method: str, path: str
) -> None:
    message = tell(CitizenFactory())
    answer = call(citizen, method, f"/{message.public_id}{path}")
    assert (answer.status_code, answer.json()["code"]) == (404, "messaging.not_found")
    entry = AuditEntry.objects.get(action="message.foreign")
    assert (entry.actor_key, entry.subject, entry.outcome) == (
        citizen.public_id,
        f"message:{message.public_id}",
        "refused",
    )
    message.refresh_from_db()
    assert (message.read_at, message.deleted_at) == (None, None)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", ""),
        ("GET", "/unread-count"),
        ("GET", "/settings"),
        ("PUT", "/settings"),
        ("POST", "/settings/all-off"),
        ("POST", "/read-all"),
        ("POST", "/wechat-consents"),
        ("GET", "/abc"),
        ("DELETE", "/abc"),
        ("POST", "/abc/read"),
        ("DELETE", "/tags/abc"),
    ],
)
def test_without_log_in_nothing(method: str, path: str) -> None:
    answer = Client().generic(method, f"/api/v1/messages{path}", "{}", content_type="application/json")
    assert answer.status_code == 401


def test_settings_as_they_are_at_first(citizen: Citizen, django_assert_num_queries: Any) -> None:
    make_districts()
    headers = bearer(citizen)
    with django_assert_num_queries(8):
        shown = Client().get("/api/v1/messages/settings", headers=headers).json()
    purposes = {one["code"]: one for one in shown["purposes"]}
    assert {code for code, one in purposes.items() if one["on"]} == {
        code for code, purpose in PURPOSES.items() if purpose.necessary
    }
    inbox, wechat, sms = purposes["case_progress"]["channels"]
    assert (inbox["code"], inbox["on"], inbox["locked"]) == ("inbox", True, True)
    assert (sms["code"], sms["on"], sms["locked"]) == ("sms", True, False)
    assert wechat["label"] == "微信订阅消息"
    assert shown["quiet"] == {"on": True, "start": "22:00", "end": "08:00"}
    assert not any(topic["on"] for topic in shown["topics"])
    assert shown["attributes"]["on"] is False
    assert [one["name"] for one in shown["attributes"]["districts"]] == ["澄湖区", "南屏区"]
    assert shown["tags"] == []
    assert shown["wechat"]["bound"] is False
    assert {one["balance"] for one in shown["wechat"]["templates"]} == {0}


def test_settings_are_changed_together(citizen: Citizen) -> None:
    _, chenghu, _ = make_districts()
    content = {
        "switches": [
            {"purpose": "policy", "channel": "inbox", "on": True},
            {"purpose": "case_progress", "channel": "sms", "on": False},
        ],
        "quiet": {"on": True, "start": "21:30", "end": "09:00"},
        "topics": ["housing"],
        "attributes": {"on": True, "district": chenghu.code},
    }
    shown = call(citizen, "PUT", "/settings", content).json()
    purposes = {one["code"]: one for one in shown["purposes"]}
    assert purposes["policy"]["on"] is True
    assert [one["on"] for one in purposes["policy"]["channels"]] == [True, True, False]
    assert [one["on"] for one in purposes["case_progress"]["channels"]] == [True, True, False]
    assert shown["quiet"]["start"] == "21:30"
    assert [one["code"] for one in shown["topics"] if one["on"]] == ["housing"]
    assert shown["attributes"]["district"] == chenghu.code
    assert call(citizen, "GET", "/settings").json() == shown
    off = call(citizen, "POST", "/settings/all-off").json()
    assert {one["code"] for one in off["purposes"] if one["on"]} == {
        code for code, purpose in PURPOSES.items() if purpose.necessary
    }
    assert off["attributes"]["on"] is False


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (
            {"switches": [{"purpose": "case_progress", "channel": "inbox", "on": False}]},
            "messaging.switch_wrong",
        ),
        ({"switches": [{"purpose": "x", "channel": "inbox", "on": False}]}, "messaging.switch_wrong"),
        ({"switches": [{"purpose": "policy", "channel": "fax", "on": False}]}, "messaging.switch_wrong"),
        ({"switches": "all"}, "core.invalid"),
        ({"switches": [{"purpose": "policy", "channel": "inbox", "on": "perhaps"}]}, "core.invalid"),
        ({"quiet": {"on": True, "start": "25:00", "end": "08:00"}}, "core.invalid"),
        ({"quiet": {"on": True, "start": "22:00"}}, "core.invalid"),
        ({"topics": ["gossip"]}, "messaging.settings_wrong"),
        ({"topics": ["housing"] * 99}, "core.invalid"),
        ({"attributes": {"on": True, "district": "000000"}}, "messaging.settings_wrong"),
        ({"attributes": {"on": True, "district": "x" * 99}}, "core.invalid"),
        ({"attributes": {"on": True, "income": "high"}}, "core.invalid"),
        ({"colour": "red"}, "core.invalid"),
        ([], "core.invalid"),
    ],
)
def test_settings_that_are_refused_in_chinese(citizen: Citizen, content: Any, code: str) -> None:
    answer = call(citizen, "PUT", "/settings", content)
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert all(fault["message"][0] > "\u2000" for fault in answer.json()["fields"])
    assert not PurposeSwitch.objects.exists()
    assert not Preference.objects.exists()


def test_tags_are_ones_own_to_delete(citizen: Citizen) -> None:
    consent(citizen)
    add_tag(citizen=citizen, code="养老", why="您办过高龄津贴")
    tag = call(citizen, "GET", "/settings").json()["tags"][0]
    assert (tag["label"], tag["why"]) == ("养老", "您办过高龄津贴")
    assert call(CitizenFactory(), "DELETE", f"/tags/{tag['id']}").status_code == 404
    assert call(citizen, "DELETE", f"/tags/{tag['id']}").status_code == 204
    assert call(citizen, "GET", "/settings").json()["tags"] == []


def test_consents_are_written_down_once_for_a_key(citizen: Citizen, sandbox: Sandbox) -> None:
    content = {"code": "code-of-the-phone", "accepted": ["CASE_PROGRESS"], "rejected": ["CASE_RESULT"]}
    key = {"Idempotency-Key": "consents-1"}
    first, again = (call(citizen, "POST", "/wechat-consents", content, **key) for _ in range(2))
    assert first.status_code == again.status_code == 201
    assert first.json() == again.json()
    balance = {one["template_id"]: one["balance"] for one in first.json()["templates"]}
    assert (balance["CASE_PROGRESS"], balance["CASE_RESULT"]) == (1, 0)
    assert ConsentGrant.objects.count() == 2


@pytest.mark.parametrize(
    ("content", "status"),
    [
        ({}, 422),
        ({"accepted": ["a", "b", "c", "d"]}, 422),
        ({"accepted": ["CASE_PROGRESS"], "rejected": ["CASE_PROGRESS"]}, 422),
        ({"accepted": ["NOTHING"]}, 422),
        ({"accepted": ["CASE_PROGRESS"]}, 409),
        ({"accepted": "CASE_PROGRESS"}, 422),
        ({"accepted": ["CASE_PROGRESS"], "code": "x" * 99}, 422),
    ],
)
def test_consents_that_are_refused(citizen: Citizen, content: Any, status: int) -> None:
    answer = call(citizen, "POST", "/wechat-consents", content, **{"Idempotency-Key": "consents-1"})
    assert answer.status_code == status
    assert not ConsentGrant.objects.exists()


def test_consents_need_a_key(citizen: Citizen) -> None:
    answer = call(citizen, "POST", "/wechat-consents", {"accepted": ["CASE_PROGRESS"]})
    assert answer.json()["code"] == "core.idempotency_key_missing"
