"""The citizen API over HTTP, as the app uses it, and as people misuse it."""

import json
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from identity.factories import CitizenFactory, bearer
from pytest_django import DjangoAssertNumQueries
from tickets.factories import (
    BODY,
    City,
    anonymous,
    asking,
    closed,
    handling,
    make_city,
    make_rule,
    merged,
    outlined,
    picture,
    published,
    split,
    submitted,
    with_questions,
)

from zhijian.audit.models import AuditEntry
from zhijian.core.models import IdempotencyRecord
from zhijian.core.workdays import Workdays
from zhijian.identity.models import Citizen
from zhijian.tickets import actions
from zhijian.tickets.models import Sending, Ticket

pytestmark = pytest.mark.django_db
BASE = "/api/v1/tickets"
SCRIPT = "<script>alert(1)</script><style>*{display:none}</style>"


class App:
    """A phone; without ``citizen`` nobody is logged in."""

    def __init__(self, citizen: Citizen | None = None, device: str = "phone-1") -> None:
        self.client = Client()
        self.headers = (bearer(citizen) if citizen else {}) | {"Device-Id": device}

    def call(self, method: str, path: str = "", body: Any = None, **headers: str) -> Any:
        answer: HttpResponse = self.client.generic(
            method,
            BASE + path,
            json.dumps(body) if body is not None else "",
            content_type="application/json",
            headers=self.headers | headers,
        )
        return answer

    def send(self, key: str = "key-0000001", **changes: Any) -> Any:
        body = {"category": "lamps", "title": "路灯坏了", "body": BODY, "share_consent": True}
        return self.call("POST", "", body | changes, **{"Idempotency-Key": key})

    def upload(self, file: Any = None) -> Any:
        return self.client.post(f"{BASE}/photos", {"file": file or picture()}, headers=self.headers)


@pytest.fixture
def city() -> City:
    return make_city()


@pytest.fixture
def app(city: City) -> App:
    return App(city.citizen)


def test_options_tell_everything_once_and_are_cached(
    city: City, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with_questions()
    app = App()
    with django_assert_num_queries(3):
        answer = app.call("GET", "/options")
    body = answer.json()
    assert answer["Cache-Control"] == "public, max-age=30"
    assert [kind["label"] for kind in body["kinds"]] == ["咨询", "投诉", "建议", "上报问题", "表扬"]
    lamps = next(one for one in body["categories"] if one["code"] == "lamps")
    assert lamps["limit"] == "1个工作日内联系您，5个工作日内答复"
    asked = next(one for one in body["categories"] if one["code"] == "asking")
    assert asked["form"]["schema"]["required"] == ["side"]
    assert body["bounds"]["south"] < 31.05 < body["bounds"]["north"]
    with django_assert_num_queries(0):
        assert app.call("GET", "/options").json() == body


def test_send_with_pictures_and_send_again(city: City, app: App) -> None:
    photo = app.upload()
    assert photo.status_code == 201
    place = {"kind": "map", "latitude": 31.05, "longitude": 112.31, "address": "公园南门"}
    first = app.send(photos=[photo.json()["id"]], place=place)
    again = app.send(photos=[photo.json()["id"]], place=place)
    assert first.status_code == again.status_code == 201
    assert first.json() == again.json()
    ticket = first.json()["ticket"]
    assert first.json()["receipt_code"] is None
    assert ticket["sentence"] == "已收到您的诉求，正在派给承办部门，最晚11月9日（周一）前答复"
    assert (ticket["light"], ticket["due_on"], ticket["actions"]) == ("yellow", "2026-11-09", ["withdraw"])
    assert ticket["clock"]["rule"] == "一般诉求：1个工作日内联系，5个工作日内答复"
    picture_answer = app.call("GET", f"/{ticket['id']}/photos/{ticket['photos'][0]['id']}?preview=1")
    assert picture_answer["Content-Type"] == "image/jpeg"
    assert picture_answer["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(("pictures", "auto"), [(0, False), (0, True), (2, True)])
def test_sending_needs_a_fixed_number_of_statements(city: City, app: App, pictures: int, auto: bool) -> None:
    """Fourteen, two more for pictures, the calendar's, and two pairs around transactions."""
    make_rule(city.department, auto=auto)
    outlined(city.region, south=31.0, west=112.2, side=0.2)
    photos = [app.upload().json()["id"] for _ in range(pictures)]
    place = {"kind": "map", "latitude": 31.05, "longitude": 112.31, "address": "公园南门"}
    with CaptureQueriesContext(connection) as calendar:
        Workdays.load()
    with CaptureQueriesContext(connection) as captured:
        sent = app.send(place=place, photos=photos)
    assert sent.json()["ticket"]["state"] == ("dispatched" if auto else "submitted")
    assert len(captured) - len(calendar) == 14 + 4 + (2 if pictures else 0), captured.captured_queries


@pytest.mark.parametrize("auto", [False, True])
@pytest.mark.parametrize("named", [False, True])
def test_the_answer_to_sending_is_what_is_read_later(city: City, auto: bool, named: bool) -> None:
    make_rule(city.department, auto=auto)
    with_questions()
    app = App(city.citizen if named else None)
    place = {"kind": "hall", "hall": "city"}
    photos = [app.upload().json()["id"], app.upload(picture("blue")).json()["id"]]
    sent = app.send(category="asking", answers={"side": "east"}, place=place, photos=photos).json()
    ticket = sent["ticket"]
    if named:
        read = app.call("GET", f"/{ticket['id']}")
    else:
        read = app.call("POST", "/receipt", {"number": ticket["number"], "code": sent["receipt_code"]})
    assert read.json() == ticket
    assert len(ticket["steps"]) == (2 if auto else 1)


def test_mine_are_listed_in_a_fixed_number_of_queries(
    city: City, app: App, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for count in range(3):
        submitted(city, body=f"{BODY}{count}{count}")
    with django_assert_num_queries(2):
        answer = app.call("GET")
    assert len(answer.json()["items"]) == 3
    assert App(CitizenFactory.create()).call("GET").json()["items"] == []
    assert app.call("GET", "?scope=all").status_code == 422
    assert app.call("GET", "?cursor=!!").status_code == 422


def test_a_ticket_shows_its_way_and_its_pause(city: City, app: App) -> None:
    ticket = asking(city)
    body = app.call("GET", f"/{ticket.public_id}").json()
    assert body["question"] == "请补充灯杆编号"
    assert (body["light"], body["waiting_for_you"], body["clock"]["paused"]) == ("paused", True, True)
    assert [step["action"] for step in body["steps"]] == ["ask_more", "accept", "dispatch", "submit"]
    assert body["actions"] == ["supplement", "withdraw"]
    after = app.call("POST", f"/{ticket.public_id}/supplement", {"text": "编号235"}).json()
    assert (after["state"], after["question"]) == ("handling", "")
    assert after["clock"]["pauses"][0]["answer"] == "编号235"


def test_office_talk_stays_in_the_office(city: City, app: App) -> None:
    ticket = handling(city)
    actions.invite(city.officer.actor, ticket=ticket, department=city.other, request="内部协办要求")
    actions.supervise(city.dispatcher.actor, ticket=ticket, note="内部督办要求")
    text = app.call("GET", f"/{ticket.public_id}").content.decode()
    assert "内部" not in text
    assert city.officer.name not in text


def test_split_and_merged_tickets_show_what_became_of_them(city: City, app: App) -> None:
    whole = app.call("GET", f"/{split(city).public_id}").json()
    assert [part["state"] for part in whole["parts"]] == ["dispatched", "dispatched"]
    ticket = merged(city)
    assert ticket.merged_into
    goal = app.call("GET", f"/{ticket.public_id}").json()["merged_into"]
    assert (goal["number"], goal["state"]) == (ticket.merged_into.number, "submitted")


def test_reopening_in_time_and_too_late(city: City, app: App) -> None:
    ticket = closed(city)
    assert app.call("GET", f"/{ticket.public_id}").json()["actions"] == ["rate", "reopen"]
    again = app.call("POST", f"/{ticket.public_id}/reopen", {"text": "第二天又不亮了"})
    assert (again.status_code, again.json()["reopened"]) == (200, 1)
    late = closed(city)
    with time_machine.travel("2026-11-20T09:00:00+08:00"):
        refused = App(city.citizen).call("POST", f"/{late.public_id}/reopen", {"text": "第二天又不亮了"})
    assert (refused.status_code, refused.json()["code"]) == (409, "tickets.reopen_too_late")


def test_a_foreign_ticket_does_not_exist_and_the_reach_is_audited(city: City) -> None:
    ticket, stranger = submitted(city), App(CitizenFactory.create())
    for method, path in (("GET", ""), ("POST", "/withdraw"), ("POST", "/reopen"), ("POST", "/supplement")):
        body = {"text": "别人的诉求"} if method == "POST" else None
        answer = stranger.call(method, f"/{ticket.public_id}{path}", body)
        assert (answer.status_code, answer.json()["code"]) == (404, "tickets.not_found")
    assert AuditEntry.objects.filter(action="ticket.foreign", outcome="refused").count() == 4
    ticket.refresh_from_db()
    assert ticket.state == "submitted"


def test_an_action_that_is_not_allowed_now(city: City, app: App) -> None:
    ticket = submitted(city)
    answer = app.call("POST", f"/{ticket.public_id}/supplement", {"text": "没有人问我"})
    assert (answer.status_code, answer.json()["code"]) == (409, "tickets.state_forbids")


def test_nameless_ones_get_a_receipt_once_and_read_by_it(city: City) -> None:
    app = App()
    sent = app.send().json()
    code, number = sent["receipt_code"], sent["ticket"]["number"]
    assert sent["ticket"]["anonymous"] is True
    assert len(code) == 19
    read = app.call("POST", "/receipt", {"number": number, "code": code})
    assert read.json()["title"] == "路灯坏了"
    assert app.send().json()["receipt_code"] == code  # the same request again, and its sealed answer
    assert code not in str(list(IdempotencyRecord.objects.values_list("actor", "key", "fingerprint")))
    done = app.call("POST", "/receipt/withdraw", {"number": number, "code": code, "text": "好了"})
    assert done.json()["state"] == "withdrawn"


def test_a_nameless_one_can_answer_and_reopen(city: City) -> None:
    ticket, code = anonymous(city)
    ticket = actions.dispatch(city.dispatcher.actor, ticket=ticket, department=city.department)
    ticket = actions.accept(city.officer.actor, ticket=ticket)
    actions.ask_more(city.officer.actor, ticket=ticket, question="请补充位置")
    app, key = App(), {"number": ticket.number, "code": code}
    assert app.call("POST", "/receipt/supplement", key | {"text": "南门"}).json()["state"] == "handling"
    actions.reply(city.officer.actor, ticket=ticket, text="已经修复完成")
    assert app.call("POST", "/receipt/reopen", key | {"text": "还没有修好"}).json()["state"] == "dispatched"


@pytest.mark.parametrize("code", ["", "AAAA-BBBB-CCCC-DDDD", "'; DROP TABLE", "x" * 40])
def test_a_forged_receipt_opens_nothing(city: City, code: str) -> None:
    ticket, _ = anonymous(city)
    for number in (ticket.number, "SQ20260101000000001A"):
        answer = App().call("POST", "/receipt", {"number": number, "code": code})
        assert (answer.status_code, answer.json()["code"]) == (404, "tickets.receipt_wrong")
    assert AuditEntry.objects.filter(action="ticket.receipt_wrong").count() == 2


def test_guessing_receipts_is_braked(city: City) -> None:
    answers = [App().call("POST", "/receipt", {"number": "SQ1", "code": str(n)}) for n in range(21)]
    assert answers[-1].status_code == 429
    assert answers[-1].json()["code"] == "tickets.receipts_too_often"


def test_a_bad_token_never_turns_somebody_nameless(city: City) -> None:
    for given in ("Bearer nonsense", "Basic abc", "Bearer "):
        answer = App().call(
            "POST", "", {"category": "lamps", "title": "路灯坏了", "body": BODY},
            Authorization=given, **{"Idempotency-Key": "key-0000001"},
        )  # fmt: skip
        assert answer.status_code == 401
    assert not Ticket.objects.exists()


@pytest.mark.parametrize(
    ("changes", "status", "path"),
    [
        ({"category": "nothing"}, 422, "/category"),
        ({"title": ""}, 422, "/title"),
        ({"body": "x"}, 422, "/body"),
        ({"body": 5}, 422, "/body"),
        ({"answers": []}, 422, "/answers"),
        ({"answers": {"side": "up"}, "category": "asking"}, 422, "/answers/side"),
        ({"answers": {"a": {"b": {"c": {"d": {"e": 1}}}}}, "category": "asking"}, 422, "/answers"),
        ({"photos": ["x"] * 10}, 422, "/photos"),
        ({"photos": ["nobodys-photo"]}, 422, "/photos"),
        ({"place": {"kind": "map", "latitude": 39.9, "longitude": 116.4}}, 422, "/place"),
        ({"place": {"kind": "map", "latitude": 99, "longitude": 116.4}}, 422, "/place/latitude"),
        ({"place": {"kind": "moon"}}, 422, "/place/kind"),
    ],
)
def test_wrong_input_is_refused_in_chinese_and_writes_nothing(
    city: City, app: App, changes: dict[str, Any], status: int, path: str
) -> None:
    with_questions()
    answer = app.send(**changes)
    assert answer.status_code == status, answer.content
    fields = answer.json()["fields"]
    assert any(fault["path"].endswith(path) for fault in fields), fields
    assert all(fault["message"][0] >= "“" for fault in fields)
    assert not Ticket.objects.exists()


def test_unstorable_characters_are_never_an_accident(city: City, app: App) -> None:
    for changes in ({"title": "路灯\x00坏了"}, {"body": f"{BODY}\x00另一处"}):
        Sending.objects.all().delete()
        assert app.send(f"key-{len(str(changes))}-000", **changes).status_code == 201
    for changes in ({"category": "a\x00"}, {"photos": ["\x00"]}, {"place": {"kind": "hall", "hall": "\x00"}}):
        assert app.send("key-0000002", **changes).status_code == 422
    for path in ("/%00", "/public/%00", "/%00/photos/%00"):
        assert app.call("GET", path).status_code == 404
    for path in ("/public?category=%00", "/public?cursor=%00", "/answers?q=%00&category=%00"):
        assert app.call("GET", path).status_code in {200, 422}
    assert app.call("POST", "/receipt", {"number": "\x00", "code": "x"}).status_code == 422
    assert app.call("DELETE", "/photos/%00").status_code == 404


@pytest.mark.parametrize("body", ["", "{", "[]", '"x"', '{"category": null}'])
def test_bodies_that_are_no_ticket(city: City, body: str) -> None:
    answer = Client().post(
        BASE, body, content_type="application/json", headers={"Idempotency-Key": "key-0000001"}
    )
    assert answer.status_code in {400, 422}
    assert not Ticket.objects.exists()


def test_markup_stays_text(city: City, app: App) -> None:
    ticket = app.send(title=SCRIPT[:50], body=SCRIPT).json()["ticket"]
    assert ticket["body"] == SCRIPT
    assert Ticket.objects.get().body == SCRIPT


def test_odd_pictures_are_refused(city: City) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    for content, code in ((b"<svg onload=alert(1)>", "files.type_not_allowed"), (b"", "files.empty")):
        answer = App().upload(SimpleUploadedFile("x.jpg", content, "image/jpeg"))
        assert answer.status_code in {415, 422}
        assert answer.json()["code"] == code
    huge = App().upload(picture(size=(8000, 8000)))
    assert (huge.status_code, huge.json()["code"]) == (422, "files.image_too_large")
    heavy = App().upload(SimpleUploadedFile("x.jpg", b"\xff\xd8\xff" + b"0" * (11 << 20), "image/jpeg"))
    assert heavy.json()["code"] == "files.too_large"


def test_a_picture_can_be_taken_back_by_its_sender_alone(city: City) -> None:
    photo = App().upload().json()["id"]
    assert App(device="other").call("DELETE", f"/photos/{photo}").status_code == 404
    assert App().call("DELETE", f"/photos/{photo}").status_code == 204


def test_a_flood_from_one_device_is_told_when_to_come_back(city: City) -> None:
    app = App()
    for count in range(3):
        assert app.send(f"key-000000{count}", body=f"{BODY}{count}").status_code == 201
    answer = app.send("key-0000009", body=f"{BODY}还有")
    assert (answer.status_code, answer.json()["code"]) == (429, "tickets.sent_too_often")
    assert int(answer["Retry-After"]) <= 600
    assert Ticket.objects.count() == 3


def test_public_tickets_carry_nothing_that_nobody_confirmed(
    city: City, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    place = actions.Place(kind="map", latitude=31.05237, longitude=112.31187, address="公园南门第三根灯杆")
    ticket = published(city, closed(city, place=place, body=f"{BODY}秘密"))
    submitted(city)
    with django_assert_num_queries(1):
        answer = App().call("GET", "/public")
    text = answer.content.decode()
    assert "秘密" not in text
    assert "第三根" not in text
    assert ticket.public_id not in text
    assert ticket.number not in text
    [item] = answer.json()["items"]
    assert (item["title"], item["answer"], item["latitude"]) == ("路灯不亮", "已修复", 31.052)
    assert (item["state_label_en"], item["sentence_en"][:6]) == ("Closed", "Closed")
    assert {"name_en", "region_en"} <= item["category"].keys() | item.keys()
    detail = App().call("GET", f"/public/{item['id']}")
    assert all(step["note"] == "" for step in detail.json()["steps"])
    assert App().call("GET", "/public?kind=praise").json()["items"] == []
    assert App().call("GET", f"/public/{ticket.public_id}").status_code == 404


def test_answers_are_searched_and_cached(
    city: City, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    published(city)
    with django_assert_num_queries(1):
        found = App().call("GET", "/answers?q=路灯").json()["items"]
    assert [one["answer"] for one in found] == ["已修复"]
    with django_assert_num_queries(0):
        App().call("GET", "/answers?q=路灯")
    assert App().call("GET", "/answers?q=社保").json()["items"] == []
    assert App().call("GET", "/answers?q=%00%F0%9F%98%80'%3B--").status_code == 200


def test_follow_leave_and_reopen_as_a_follower(city: City) -> None:
    published(city)
    app = App(CitizenFactory.create())
    public_id = app.call("GET", "/public").json()["items"][0]["id"]
    assert App().call("POST", f"/public/{public_id}/follow").status_code == 401
    followed = app.call("POST", f"/public/{public_id}/follow").json()
    assert (followed["followers"], followed["following"]) == (1, True)
    assert [one["id"] for one in app.call("GET", "/followed").json()["items"]] == [public_id]
    again = app.call("POST", f"/public/{public_id}/reopen", {"text": "昨晚又不亮了"})
    assert again.json()["state"] == "dispatched"
    assert app.call("DELETE", f"/public/{public_id}/follow").status_code == 204
    assert app.call("GET", "/followed").json()["items"] == []
    assert app.call("POST", f"/public/{public_id}/reopen", {"text": "昨晚又不亮了"}).status_code == 404


def test_like_ones_are_offered_before_sending(city: City) -> None:
    place = actions.Place(kind="map", latitude=31.05, longitude=112.31)
    published(city, handling(city, place=place), answer="", knowledge=False)
    Sending.objects.all().delete()
    body = {"category": "lamps", "text": "公园南门路灯不亮", "latitude": 31.0501, "longitude": 112.31}
    found = App().call("POST", "/similar", body).json()
    assert (len(found["items"]), found["others"], found["items"][0]["metres"]) == (1, 0, 11)
    assert App().call("POST", "/similar", body | {"latitude": "x"}).status_code == 422
