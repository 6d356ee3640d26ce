"""Consultations over HTTP."""

import json
from datetime import timedelta
from typing import Any

import pytest
from cases.factories import picture
from consultations.factories import (
    VALUES,
    Desk,
    answered,
    draft,
    end,
    moderated,
    published,
    real_person,
    take_part,
)
from django.test import Client
from identity.factories import CitizenFactory, bearer

from zhijian.consultations import actions
from zhijian.consultations.models import Answer, Consultation
from zhijian.core.clock import now
from zhijian.core.models import IdempotencyRecord
from zhijian.identity.models import Citizen

pytestmark = pytest.mark.django_db
ROOT = "/api/v1/consultations"
BODY = {"answers": VALUES, "comments": [{"clause": "c2", "text": "赞成"}], "notify": True}


class App:
    """A phone with its log-in kept."""

    def __init__(self, citizen: Citizen) -> None:
        self.headers = bearer(citizen)

    def send(self, method: str, path: str, body: Any = None, *, key: str = "key-0000001") -> Any:
        return Client().generic(
            method,
            ROOT + path,
            json.dumps(body) if body is not None else "",
            content_type="application/json",
            headers=self.headers | {"Idempotency-Key": key},
        )


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def row(desk: Desk) -> Consultation:
    return published(desk)


@pytest.fixture
def app() -> App:
    return App(real_person())


def test_lists_by_time_without_log_in(desk: Desk, row: Consultation, django_assert_num_queries: Any) -> None:
    later = published(desk, opens_at=now() + timedelta(days=3))
    over = end(published(desk))
    done = answered(desk)
    with django_assert_num_queries(1):
        found = Client().get(ROOT).json()
    assert [one["id"] for one in found["items"]] == [row.public_id]
    assert (found["items"][0]["phase"], found["next_cursor"]) == ("open", None)
    upcoming = Client().get(ROOT, {"state": "upcoming"}).json()["items"]
    assert [one["id"] for one in upcoming] == [later.public_id]
    closed = Client().get(ROOT, {"state": "closed"}).json()["items"]
    assert {one["id"]: one["phase"] for one in closed} == {
        over.public_id: "closed",
        done.public_id: "answered",
    }


def test_list_pages(desk: Desk) -> None:
    for _ in range(23):
        published(desk)
    first = Client().get(ROOT).json()
    second = Client().get(ROOT, {"cursor": first["next_cursor"]}).json()
    assert (len(first["items"]), len(second["items"])) == (20, 3)
    assert Client().get(ROOT, {"cursor": "forged"}).json()["code"] == "core.bad_cursor"
    assert Client().get(ROOT, {"state": "secret"}).status_code == 422


def test_detail_has_all_there_is_to_answer(row: Consultation) -> None:
    found = Client().get(f"{ROOT}/{row.public_id}").json()
    assert [clause["number"] for clause in found["clauses"]] == ["第一条", "第二条"]
    assert [question["kind"] for question in found["questions"]] == [
        "single",
        "multiple",
        "scale",
        "matrix",
        "text",
    ]
    assert found["questions"][1]["show_if"] == [{"question": "q1", "any_of": ["yes"]}]
    assert found["document"] == f"/public/consultations/{row.public_id}.json"


def test_drafts_do_not_exist_outside(desk: Desk) -> None:
    hidden = actions.open_draft(desk.editor.actor, department=desk.department, draft=draft())
    for path in ("", "/counts", "/comments", "/report"):
        answer = Client().get(f"{ROOT}/{hidden.public_id}{path}")
        assert (answer.status_code, answer.json()["code"]) == (404, "consultations.not_found")


def test_taking_part_and_sending_again(row: Consultation, app: App) -> None:
    path = f"/{row.public_id}/answers"
    first, again = app.send("POST", path, BODY), app.send("POST", path, BODY)
    assert first.status_code == again.status_code == 201
    assert first.json() == again.json()
    assert first.json()["answers"] == VALUES
    assert first.json()["comments"][0]["state_label"] == "待审看"
    other = app.send("POST", path, BODY, key="key-0000002")
    assert (other.status_code, other.json()["code"]) == (409, "consultations.already_answered")
    changed = app.send("POST", path, BODY | {"notify": False})
    assert changed.status_code == 409
    assert Answer.objects.count() == 1
    assert not IdempotencyRecord.objects.exists()


def test_own_answer_is_read_changed_and_withdrawn(row: Consultation, app: App) -> None:
    mine = f"/{row.public_id}/answers/mine"
    assert app.send("GET", mine).json()["code"] == "consultations.no_answer"
    app.send("POST", f"/{row.public_id}/answers", BODY)
    assert app.send("GET", mine).json()["notify"] is True
    changed = app.send("PUT", mine, {"answers": VALUES | {"q3": 1}})
    assert (changed.status_code, changed.json()["answers"]["q3"]) == (200, 1)
    assert app.send("DELETE", mine).status_code == 204
    assert app.send("DELETE", mine).status_code == 404
    assert App(real_person()).send("GET", mine).status_code == 404


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"answers": {}, "comments": []},
        {"answers": VALUES | {"q1": "no"}},
        {"answers": {"q1": {"$ne": ""}}},
        {"answers": [1, 2]},
        {"answers": VALUES, "comments": [{"clause": "c1", "text": "长" * 2001}]},
        {"answers": VALUES, "comments": [{"clause": "c1", "text": "好", "author": "x"}]},
        {"answers": VALUES, "comments": [{"clause": "c" * 50, "text": "好"}]},
        {"answers": {f"q{n}": 1 for n in range(200)}},
        {"answers": VALUES, "citizen": "somebody"},
        {"answers": VALUES | {"q5": "长" * 5000}},
    ],
)
def test_bad_input_is_refused_in_chinese(row: Consultation, app: App, body: Any) -> None:
    answer = app.send("POST", f"/{row.public_id}/answers", body)
    assert answer.status_code == 422
    problem = answer.json()
    assert all(fault["message"][0] > "\u4e00" for fault in problem.get("fields", []))
    assert problem["title"][0] > "\u4e00"
    assert not Answer.objects.exists()


@pytest.mark.parametrize("raw", ["", "{", '{"answers": NaN}', "[]", '"x"'])
def test_broken_json(row: Consultation, app: App, raw: str) -> None:
    answer = Client().post(
        f"{ROOT}/{row.public_id}/answers",
        raw,
        content_type="application/json",
        headers=app.headers | {"Idempotency-Key": "key-0000001"},
    )
    assert answer.status_code in {400, 422}


def test_another_consultations_answers(row: Consultation, app: App, desk: Desk) -> None:
    content = {"questions": [{"key": "q1", "title": "题", "options": [{"key": "a", "label": "一"}, {"key": "b", "label": "二"}]}]}  # fmt: skip
    other = published(desk, content=content)
    answer = app.send("POST", f"/{other.public_id}/answers", BODY)
    assert answer.json()["code"] == "consultations.answer_wrong"


def test_the_key_is_needed(row: Consultation, app: App) -> None:
    assert app.send("POST", f"/{row.public_id}/answers", BODY, key="").json()["code"] == (
        "core.idempotency_key_missing"
    )


def test_who_may_not(row: Consultation) -> None:
    path = f"{ROOT}/{row.public_id}/answers"
    assert Client().post(path, "{}", content_type="application/json").status_code == 401
    nameless = App(CitizenFactory.create())
    answer = nameless.send("POST", f"/{row.public_id}/answers", BODY)
    assert (answer.status_code, answer.json()["code"]) == (403, "identity.real_name_needed")
    assert nameless.send("GET", f"/{row.public_id}/answers/mine").status_code == 403


def test_script_stays_text(row: Consultation, app: App, desk: Desk) -> None:
    words = "<script>alert(1)</script>"
    app.send("POST", f"/{row.public_id}/answers", {"comments": [{"clause": "", "text": words}]})
    moderated(desk, row)
    answer = Client().get(f"{ROOT}/{row.public_id}/comments")
    assert answer["Content-Type"].startswith("application/json")
    assert answer.json()["items"][0]["text"] == words


def test_comments_are_read_once_shown_and_by_clause(
    row: Consultation, desk: Desk, django_assert_num_queries: Any
) -> None:
    path = f"{ROOT}/{row.public_id}/comments"
    take_part(row, comments=[("c1", "一条意见"), ("", "整体意见")])
    assert Client().get(path).json()["items"] == []
    moderated(desk, row)
    with django_assert_num_queries(2):
        assert len(Client().get(path).json()["items"]) == 2
    assert [one["text"] for one in Client().get(path, {"target": "c1"}).json()["items"]] == ["一条意见"]
    assert [one["text"] for one in Client().get(path, {"target": ""}).json()["items"]] == ["整体意见"]
    assert Client().get(path, {"target": "x" * 99}).status_code == 422
    assert set(Client().get(path).json()["items"][0]) == {"id", "target", "text"}


def test_counts_are_live_and_cheap(row: Consultation, django_assert_num_queries: Any) -> None:
    take_part(row, values=VALUES, comments=[("c1", "赞成")])
    path = f"{ROOT}/{row.public_id}/counts"
    assert Client().get(path).json() == {"answers": 1, "comments": 1, "shown": 0}
    with django_assert_num_queries(1):
        Client().get(path)


def test_report_is_read_once_it_is_out(row: Consultation, desk: Desk) -> None:
    early = Client().get(f"{ROOT}/{row.public_id}/report")
    assert (early.status_code, early.json()["code"]) == (404, "consultations.report_not_yet")
    done = answered(desk)
    report = Client().get(f"{ROOT}/{done.public_id}/report").json()
    assert report["answers"] == 1
    (group,) = report["groups"]
    assert (group["outcome"], group["samples"]) == ("partly", ["楼道装监控更有效"])
    assert report["results"][0]["rows"][0]["bars"][0] == {
        "key": "yes",
        "label": "有",
        "count": 1,
        "share": 100.0,
    }


def test_attachments_are_downloaded(desk: Desk) -> None:
    hidden = actions.open_draft(desk.editor.actor, department=desk.department, draft=draft())
    found = actions.attach(desk.editor.actor, consultation=hidden, upload=picture(), title="示意图")
    path = f"{ROOT}/{hidden.public_id}/attachments/{found.public_id}"
    assert Client().get(path).status_code == 404
    actions.submit(desk.editor.actor, consultation=hidden)
    actions.publish(desk.reviewer.actor, consultation=hidden)
    answer = Client().get(path)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert Client().get(f"{ROOT}/{hidden.public_id}/attachments/none").status_code == 404


def test_an_ended_one_says_why(row: Consultation, desk: Desk, app: App) -> None:
    actions.withdraw(desk.reviewer.actor, consultation=row, reason="上位法有变化")
    found = Client().get(f"{ROOT}/{row.public_id}").json()
    assert (found["phase"], found["withdrawn_reason"]) == ("withdrawn", "上位法有变化")
    assert app.send("POST", f"/{row.public_id}/answers", BODY).json()["code"] == "consultations.closed"
