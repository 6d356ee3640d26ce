"""The citizen API over HTTP, as the app uses it."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from cases.factories import (
    FORM,
    World,
    concluded_case,
    corrected_case,
    draft_case,
    make_citizen,
    make_world,
    picture,
    submitted_case,
)
from django.http import HttpResponse
from django.test import Client
from identity.factories import CitizenFactory, bearer

from zhijian.audit.models import AuditEntry
from zhijian.cases.models import Case
from zhijian.identity.models import Citizen

pytestmark = pytest.mark.django_db
BASE = "/api/v1"


class App:
    """A phone with a logged-in person."""

    def __init__(self, citizen: Citizen) -> None:
        self.client = Client()
        self.headers = bearer(citizen)

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        answer: HttpResponse = self.client.generic(
            method,
            BASE + path,
            json.dumps(body) if body is not None else "",
            content_type="application/json",
            headers=self.headers | headers,
        )
        return answer

    def upload(self, path: str, upload_id: str = "") -> Any:
        headers = self.headers | {"Upload-Id": upload_id}
        return self.client.post(BASE + path, {"file": picture()}, headers=headers)


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def app(world: World) -> App:
    return App(world.citizen)


def key(name: str = "abcdefgh") -> dict[str, str]:
    return {"Idempotency-Key": name}


def test_from_guide_to_receipt(world: World, app: App, run_tasks: Callable[[], int]) -> None:
    opened = app.call(
        "POST", "/cases", {"item_code": world.version.code, "answers": {"home": "rent"}}, **key()
    )
    assert opened.status_code == 201
    case = opened.json()
    assert case["state"] == "draft"
    assert case["prefill"]["name"] == {
        "value": world.citizen.name, "source": "实名信息", "source_en": "your verified identity", "locked": True,
    }  # fmt: skip
    assert [material["code"] for material in case["materials"]] == ["id_card", "lease"]
    assert case["actions"] == ["submit", "delete"]
    path = f"/cases/{case['id']}"
    saved = app.call("PATCH", f"{path}/form", {"values": FORM | {"people": 99}, "page": "person"}).json()
    assert [error["path"] for error in saved["form_errors"]] == ["/people"]
    assert saved["form"] == {"values": FORM | {"people": 99}, "page": "person"}
    app.call("PATCH", f"{path}/form", {"values": {"people": 2}, "revision": saved["revision"]})
    for code in ("id_card", "lease"):
        assert app.upload(f"{path}/materials/{code}/files", code).status_code == 201
    chosen = app.call("PUT", f"{path}/delivery", {"method": "pickup", "hall": "city"})
    assert chosen.json()["delivery"]["state"] == "chosen"
    done = app.call("POST", f"{path}/submit", {"consent": True}, **key("submit-1"))
    assert done.status_code == 200
    body = done.json()
    assert body["state"] == "submitted"
    assert body["sentence"] == "云州市公安局已收到您的申请，最晚11月9日（周一）前告知是否受理"
    assert body["light"] == "green"
    assert (body["due_on"], body["days_left"]) == ("2026-11-09", 5)
    assert (body["clock"]["total_days"], body["clock"]["unit"]) == (5, "working_day")
    assert body["documents"] == [{"kind": "receipt", "name": "收件凭证", "name_en": "Receipt"}]
    assert body["actions"] == ["urge", "withdraw"]
    receipt = app.call("GET", f"{path}/documents/receipt")
    assert receipt["Content-Type"] == "application/pdf"
    assert receipt.content.startswith(b"%PDF-")
    run_tasks()
    assert app.call("GET", f"{path}/documents/receipt").content == receipt.content


def test_an_open_draft_is_returned(world: World, app: App) -> None:
    body = {"item_code": world.version.code, "answers": {}}
    first = app.call("POST", "/cases", body, **key("first-key"))
    second = app.call("POST", "/cases", body, **key("second-key"))
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json()["id"] == second.json()["id"]


def test_a_submission_sent_twice_is_one_case_with_one_answer(world: World, app: App) -> None:
    case = draft_case(world)
    path = f"/cases/{case.public_id}/submit"
    first = app.call("POST", path, {"consent": True}, **key())
    again = app.call("POST", path, {"consent": True}, **key())
    assert first.status_code == again.status_code == 200
    assert first.json() == again.json()
    assert Case.objects.count() == 1
    assert Case.objects.get().steps.count() == 1
    other = app.call("POST", path, {"consent": True}, **key("other-key"))
    assert (other.status_code, other.json()["code"]) == (409, "cases.state_forbids")


def test_a_refused_submission_may_be_mended_and_sent_with_the_same_key(world: World, app: App) -> None:
    case = draft_case(world, form={"name": "林试验"})
    path = f"/cases/{case.public_id}"
    refused = app.call("POST", f"{path}/submit", {"consent": True}, **key())
    assert (refused.status_code, refused.json()["code"]) == (422, "cases.form_wrong")
    assert refused.json()["fields"][0]["path"] == "/form/address"
    app.call("PATCH", f"{path}/form", {"values": FORM, "revision": case.revision})
    assert app.call("POST", f"{path}/submit", {"consent": True}, **key()).status_code == 200


def test_a_phone_with_old_answers_is_told_which_are_newer(world: World, app: App) -> None:
    """The answer names the parts; the values are read with the case, and no value stands in a refusal."""
    case = draft_case(world)
    path = f"/cases/{case.public_id}"
    read = app.call("GET", path).json()
    newer = app.call(
        "PATCH", f"{path}/form", {"values": {"address": "云州市试验路9号"}, "revision": read["revision"]}
    ).json()
    assert newer["revisions"]["/form/address"] == newer["revision"] == read["revision"] + 1
    for old in ({"revision": read["revision"]}, {}):  # an app of yesterday names no revision
        refused = app.call("PATCH", f"{path}/form", {"values": {"address": "旧地址"}} | old)
        problem = refused.json()
        assert (refused.status_code, problem["code"]) == (409, "cases.newer_saved")
        assert (problem["revision"], [one["path"] for one in problem["fields"]]) == (
            newer["revision"],
            ["/form/address"],
        )
        assert "试验路9号" not in refused.content.decode()
    assert Case.objects.get().form["address"] == "云州市试验路9号"


def test_an_upload_sent_again(world: World, app: App) -> None:
    case = draft_case(world)
    case.files.all().delete()
    path = f"/cases/{case.public_id}/materials/id_card/files"
    first, again = app.upload(path, "phone-1"), app.upload(path, "phone-1")
    assert first.json()["id"] == again.json()["id"]
    assert case.files.count() == 1


@pytest.mark.parametrize(
    ("method", "path", "body", "code"),
    [
        ("PATCH", "/form", {"values": {"evil": 1}}, "cases.form_wrong"),
        ("PATCH", "/form", {"values": {"name": "长" * 100_000}}, "cases.form_wrong"),
        ("PATCH", "/form", {"values": {"name": [[[[[[1]]]]]]}}, "cases.form_wrong"),
        ("PATCH", "/form", {"values": ["no", "object"]}, "core.invalid"),
        ("PATCH", "/form", {"values": {}, "state": "approved"}, "core.invalid"),
        ("PUT", "/answers", {"answers": {"home": "castle"}}, "catalog.unknown_answer"),
        ("PUT", "/delivery", {"method": "courier"}, "cases.delivery_wrong"),
        ("POST", "/materials/deed/reuse", {"kind": "file", "id": "x"}, "cases.material_not_asked"),
        ("POST", "/materials/lease/reuse", {"kind": "file", "id": "x"}, "cases.not_reusable"),
        ("POST", "/withdraw", {"reason": ""}, "cases.state_forbids"),
        ("POST", "/urge", {"note": ""}, "cases.state_forbids"),
        ("POST", "/confirm-receipt", None, "cases.state_forbids"),
        ("DELETE", "/files/none", None, "cases.file_not_found"),
        ("GET", "/files/none", None, "cases.file_not_found"),
        ("GET", "/documents/receipt", None, "cases.document_not_yet"),
    ],
)
def test_bad_input_has_a_code_and_chinese_words(
    world: World, app: App, method: str, path: str, body: Any, code: str
) -> None:
    case = draft_case(world)
    answer = app.call(method, f"/cases/{case.public_id}{path}", body)
    problem = answer.json()
    assert answer["Content-Type"] == "application/problem+json"
    assert problem["code"] == code
    assert any("一" <= letter <= "鿿" for letter in problem["title"])
    assert Case.objects.get().form == FORM


def test_a_body_over_the_limit(world: World, app: App) -> None:
    case = draft_case(world)
    answer = app.call("PATCH", f"/cases/{case.public_id}/form", {"values": {"name": "x" * 2_000_000}})
    assert (answer.status_code, answer.json()["code"]) == (413, "core.too_large")


def test_consent_is_asked_for(world: World, app: App) -> None:
    case = draft_case(world)
    answer = app.call("POST", f"/cases/{case.public_id}/submit", {"consent": False}, **key())
    assert (answer.status_code, answer.json()["code"]) == (422, "cases.consent_needed")


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "", None),
        ("DELETE", "", None),
        ("PUT", "/answers", {"answers": {}}),
        ("PATCH", "/form", {"values": {}}),
        ("PUT", "/delivery", {"method": "electronic"}),
        ("POST", "/refresh", None),
        ("POST", "/submit", {"consent": True}),
        ("POST", "/resubmit", None),
        ("POST", "/withdraw", {}),
        ("POST", "/urge", {}),
        ("POST", "/confirm-receipt", None),
        ("GET", "/reusable", None),
        ("POST", "/materials/lease/reuse", {"kind": "file", "id": "x"}),
        ("GET", "/documents/receipt", None),
        ("GET", "/files/{file}", None),
        ("DELETE", "/files/{file}", None),
    ],
)
def test_another_person_s_case_is_not_found_and_audited(
    world: World, method: str, path: str, body: Any
) -> None:
    case = draft_case(world)
    file = case.files.first()
    assert file
    stranger = make_citizen()
    address = f"/cases/{case.public_id}{path.format(file=file.public_id)}"
    answer = App(stranger).call(method, address, body, **key())
    assert (answer.status_code, answer.json()["code"]) == (404, "cases.not_found")
    entry = AuditEntry.objects.get(action="case.foreign")
    assert (entry.actor_key, entry.outcome) == (stranger.public_id, "refused")


def test_without_a_token_there_is_nothing(world: World) -> None:
    case = draft_case(world)
    for path in ("/cases", "/todos", f"/cases/{case.public_id}"):
        assert Client().get(BASE + path).status_code == 401


def test_applying_needs_a_confirmed_name(world: World) -> None:
    body = {"item_code": world.version.code, "answers": {}}
    answer = App(CitizenFactory()).call("POST", "/cases", body, **key())
    assert answer.status_code == 403


def test_a_correction_is_shown_in_place(world: World, app: App) -> None:
    case = corrected_case(world)
    body = app.call("GET", f"/cases/{case.public_id}").json()
    assert body["correction"]["fields"] == [
        {"path": "/address", "label": "居住地址", "words": "请写到门牌号"}
    ]
    assert body["correction"]["materials"][0]["code"] == "lease"
    assert body["todo"]["kind"] == "correction"
    assert body["light"] == "paused"
    states = {material["code"]: material["state"] for material in body["materials"]}
    assert states == {"id_card": "given", "lease": "flagged"}
    assert body["actions"] == ["resubmit", "withdraw"]
    assert body["timeline"][0]["post"] == "公安局窗口人员"


def test_the_result_and_the_rating_that_is_asked(world: World, app: App) -> None:
    case = concluded_case(world)
    body = app.call("GET", f"/cases/{case.public_id}").json()
    assert body["result"]["name"] == "居住证"
    assert "verify" in body["result"]["verify_url"]
    assert body["actions"] == ["rate"]
    assert body["todo"]["kind"] == "rate"
    assert body["clock"] is None
    (todo,) = app.call("GET", "/todos").json()
    assert todo["id"] == body["id"]


def test_lists(world: World, app: App) -> None:
    submitted_case(world)
    draft_case(world)
    page = app.call("GET", "/cases?state=open").json()
    assert [entry["state"] for entry in page["items"]] == ["submitted"]
    assert page["next_cursor"] is None
    assert app.call("GET", "/cases?state=nonsense").status_code == 422
    assert app.call("GET", "/cases?cursor=forged").json()["code"] == "core.bad_cursor"


def test_files_come_back_as_they_are_shown(world: World, app: App) -> None:
    case = draft_case(world)
    case.files.all().delete()
    info = app.upload(f"/cases/{case.public_id}/materials/id_card/files", "phone-1").json()
    path = f"/cases/{case.public_id}/files/{info['id']}"
    whole, small = app.call("GET", path), app.call("GET", f"{path}?preview=1")
    assert whole["Content-Type"] == "image/jpeg"
    assert whole["X-Content-Type-Options"] == "nosniff"
    assert small["Content-Type"].startswith("image/")
    assert app.call("DELETE", path).status_code == 204
    assert app.call("GET", path).status_code == 404


def test_reusable_things_are_offered(world: World, app: App) -> None:
    submitted_case(world)
    case = draft_case(world)
    offered = app.call("GET", f"/cases/{case.public_id}/reusable").json()
    assert [entry["material_code"] for entry in offered] == ["id_card", "lease"]
    given = app.call(
        "POST", f"/cases/{case.public_id}/materials/lease/reuse", {"kind": "file", "id": offered[1]["id"]}
    )
    assert (given.status_code, given.json()["source"]) == (201, "file")


def test_no_answer_names_a_database_id_or_a_person_of_the_office(world: World, app: App) -> None:
    case = concluded_case(world)
    text = app.call("GET", f"/cases/{case.public_id}").content.decode()
    office = world.office
    for name in (office.window.name, office.officer.name, office.approver.name, office.officer.public_id):
        assert name not in text
    assert '"pk"' not in text


@pytest.mark.parametrize("name", ["\ud83d", "\x00", "home\x00"])
def test_a_name_that_cannot_be_stored_is_refused_in_words(world: World, app: App, name: str) -> None:
    opened = {"item_code": world.version.code, "answers": {name: "rent"}}
    case = draft_case(world)
    path = f"/cases/{case.public_id}"
    answers = [
        app.call("POST", "/cases", opened, **key()),
        app.call("PUT", f"{path}/answers", {"answers": {name: "rent"}}),
        app.call("PATCH", f"{path}/form", {"values": {name: "x"}}),
        app.call("PATCH", f"{path}/form", {"values": FORM | {"kids": [{name: "x"}]}}),
        app.call("PATCH", f"{path}/form", {"values": {}, name: 1}),
    ]
    for answer in answers:
        assert answer.status_code == 422
        assert answer.json()["code"] == "core.unstorable"
        assert answer.json()["title"].startswith("内容里有不能识别的字符")
