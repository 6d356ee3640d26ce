"""One case over HTTP: masks, reveal, the actions in place, correction composer, files, preview."""

from typing import Any

import pytest
from cases.factories import (
    LAW,
    REASONS,
    World,
    concluded_case,
    corrected_case,
    deciding_case,
    draft_case,
    issuing_case,
    make_office,
    make_world,
    picture,
    reviewing_case,
    submitted_case,
)
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from zhijian.audit.models import AuditEntry
from zhijian.cases import actions
from zhijian.cases.actions.turn import mark
from zhijian.cases.models import Case
from zhijian.cases.rules.states import State
from zhijian.organizations.models import Staff
from zhijian.privacy.models import AccessRecord

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def world() -> World:
    return make_world()


def _open(client: Client, case: Case, staff: Staff, tail: str = "") -> str:
    client.force_login(staff)
    answer = client.get(f"/console/cases/{case.number}/{tail}")
    assert answer.status_code == 200
    return answer.content.decode()


def _act(client: Client, case: Case, staff: Staff, action: str, **data: Any) -> Any:
    client.force_login(staff)
    sent = {"seen": mark(case)} | data
    return client.post(f"/console/cases/{case.number}/actions/{action}/", sent, headers=HTMX)


def test_form_materials_clock_and_history_are_there_and_masked(client: Client, world: World) -> None:
    case = submitted_case(world)
    page = _open(client, case, world.office.window)
    assert "云州市试验路1号2单元301室" in page
    assert world.citizen.masked_name in page
    assert world.citizen.name not in page
    assert world.citizen.id_number not in page
    assert "提交申请" in page
    assert "第三十二条" in page
    assert case.public_id not in page


def test_clear_data_needs_a_reason_and_is_put_down(client: Client, world: World) -> None:
    case = submitted_case(world)
    client.force_login(world.office.window)
    address = f"/console/cases/{case.number}/reveal/"
    refused = client.post(address, {"reason": ""}, headers=HTMX)
    assert refused.status_code == 422
    assert "请写明查看理由" in refused.content.decode()
    assert not AccessRecord.objects.exists()
    shown = client.post(address, {"reason": "核对申请人身份"}, headers=HTMX).content.decode()
    assert world.citizen.name in shown
    assert AccessRecord.objects.get().citizen == world.citizen
    assert world.citizen.name not in _open(client, case, world.office.window)


def test_reveal_without_scripts_shows_the_whole_page(client: Client, world: World) -> None:
    case = submitted_case(world)
    client.force_login(world.office.window)
    page = client.post(f"/console/cases/{case.number}/reveal/", {"reason": "核对申请人身份"}).content.decode()
    assert "<html" in page
    assert "重新隐藏" in page


def test_accepting_returns_the_page_as_it_is_now(client: Client, world: World) -> None:
    case = submitted_case(world)
    page = _act(client, case, world.office.officer, "accept").content.decode()
    assert "已完成：受理。" in page
    assert "开始审查" in page
    assert "<html" not in page
    case.refresh_from_db()
    assert case.state == State.ACCEPTED


def test_without_scripts_an_action_leads_back_to_the_case(client: Client, world: World) -> None:
    case = submitted_case(world)
    client.force_login(world.office.window)
    answer = client.post(f"/console/cases/{case.number}/actions/claim/")
    assert answer["Location"] == f"/console/cases/{case.number}/"


@pytest.mark.parametrize("headers", [HTMX, {}])
def test_a_refusal_keeps_what_was_typed_in_place(
    client: Client, world: World, headers: dict[str, str]
) -> None:
    case = submitted_case(world)
    client.force_login(world.office.window)
    sent = {"reasons": REASONS, "law": "", "seen": mark(case)}
    answer = client.post(f"/console/cases/{case.number}/actions/reject/", sent, headers=headers)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "请写明所依据的法律条款" in page
    assert REASONS in page
    assert ("<html" in page) is not bool(headers)


def test_an_action_that_the_state_forbids_is_explained(client: Client, world: World) -> None:
    case = reviewing_case(world)
    answer = _act(client, case, world.office.window, "accept")
    assert answer.status_code == 409
    assert "办件现在是“审查中”，不能受理" in answer.content.decode()


def test_an_unknown_action_is_not_there(client: Client, world: World) -> None:
    case = submitted_case(world)
    assert _act(client, case, world.office.window, "submit").status_code == 404
    assert _act(client, case, world.office.window, "explode").status_code == 404


def test_correction_names_exact_fields_and_materials(client: Client, world: World) -> None:
    case = submitted_case(world)
    page = _open(client, case, world.office.window)
    assert 'name="field" value="/address"' in page
    assert 'name="material" value="lease"' in page
    answer = _act(
        client,
        case,
        world.office.window,
        "request_correction",
        **{
            "field": "/address",
            "words:/address": "请写到门牌号",
            "material": "lease",
            "words:lease": "缺最后一页",
            "days": "10",
        },
    )
    assert answer.status_code == 200
    notice = Case.objects.get(pk=case.pk).correction
    assert {(one.kind, one.key, one.words) for one in notice.items.all()} == {
        ("field", "/address", "请写到门牌号"),
        ("material", "lease", "缺最后一页"),
    }
    assert "要求补正：请写到门牌号" in answer.content.decode()


def test_a_ticked_material_without_words_is_told_beside_it(client: Client, world: World) -> None:
    case = submitted_case(world)
    answer = _act(
        client,
        case,
        world.office.window,
        "request_correction",
        **{"field": "/address", "words:/address": "请写到门牌号", "material": "lease", "words:lease": ""},
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "请写明哪里不对、怎样改" in page
    assert "请写到门牌号" in page
    assert 'value="lease" checked' in page


def test_an_empty_correction_is_refused(client: Client, world: World) -> None:
    answer = _act(client, submitted_case(world), world.office.window, "request_correction")
    assert "请指明需要补正的字段或材料" in answer.content.decode()


def test_the_officer_sees_what_the_applicant_will_see(client: Client, world: World) -> None:
    case = submitted_case(world)
    client.force_login(world.office.window)
    address = f"/console/cases/{case.number}/preview/"
    correction = client.post(
        address + "request_correction/", {"field": "/address", "words:/address": "请写到门牌号", "days": "10"}
    ).content.decode()
    assert "申请人将看到" in correction
    assert "需要您补正，请在" in correction
    assert "请写到门牌号" in correction
    rejection = client.post(address + "reject/", {"reasons": REASONS, "law": LAW}).content.decode()
    assert "没有受理这次申请" in rejection
    assert "行政复议" in rejection
    assert LAW in rejection
    assert (
        client.post(address + "return_case/", {"reason": "重复申请"}).content.decode().count("重复申请") == 1
    )
    assert client.post(address + "claim/").content.decode().strip() == ""


def test_the_reviewer_is_told_plainly_why_another_must_decide(client: Client) -> None:
    world = make_world(separate_decision=True)
    case = deciding_case(world)
    Case.objects.filter(pk=case.pk).update(reviewer=world.office.approver)
    page = _open(client, case, world.office.approver)
    assert "暂时不能“作出决定”" in page
    assert "审查与决定由不同人员作出" in page
    answer = _act(client, case, world.office.approver, "decide", outcome="approve", opinion="同意")
    assert answer.status_code == 409


def test_a_case_held_by_another_offers_no_action_on_it(client: Client, world: World) -> None:
    case = submitted_case(world)
    actions.claim(world.office.window.actor, case=case)
    page = _open(client, case, world.office.officer)
    assert "这个办件正由其他人员办理" in page
    assert f"/console/cases/{case.number}/actions/accept/" not in page


def test_approver_can_refuse_with_reasons(client: Client, world: World) -> None:
    case = deciding_case(world)
    assert "建议准予" in _open(client, case, world.office.approver)
    answer = _act(client, case, world.office.approver, "decide", outcome="refuse", reasons=REASONS, law=LAW)
    assert answer.status_code == 200
    case.refresh_from_db()
    assert case.state == State.REFUSED


def test_delivery_and_collection_end_the_case(client: Client, world: World) -> None:
    case = issuing_case(world)
    assert _act(client, case, world.office.window, "deliver").status_code == 200
    assert _act(client, case, world.office.window, "collect", receiver="").status_code == 422
    assert _act(client, case, world.office.window, "collect", receiver="本人").status_code == 200
    case.refresh_from_db()
    assert case.state == State.CONCLUDED


def test_a_case_out_of_scope_is_not_found_and_audited(client: Client, world: World) -> None:
    case = submitted_case(world)
    stranger = make_office("jy", "云州市教育局")
    client.force_login(stranger.officer)
    answer = client.get(f"/console/cases/{case.number}/")
    assert answer.status_code == 404
    assert AuditEntry.objects.filter(
        action="case.out_of_scope", actor_key=stranger.officer.public_id
    ).exists()


def test_files_are_shown_in_place_and_each_look_is_audited(client: Client, world: World) -> None:
    draft = draft_case(world)
    given = actions.attach(world.citizen.actor, case=draft, code="lease", upload=picture(), upload_id="u1")
    case = actions.submit(world.citizen.actor, case=draft, consent=True)
    page = _open(client, case, world.office.window, f"?file={given.public_id}")
    assert f"/files/{given.public_id}/?preview=1" in page
    answer = client.get(f"/console/cases/{case.number}/files/{given.public_id}/")
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"].startswith("inline")
    assert "no-store" in answer["Cache-Control"]
    assert AuditEntry.objects.filter(action="case.file_viewed").count() == 1
    viewer = client.get(
        f"/console/cases/{case.number}/viewer/{given.public_id}/", headers=HTMX
    ).content.decode()
    assert "放大" in viewer
    assert "<html" not in viewer
    assert client.get(f"/console/cases/{case.number}/files/nothing/").status_code == 404


def test_a_document_that_is_not_there_yet_is_explained(client: Client, world: World) -> None:
    case = submitted_case(world)
    client.force_login(world.office.window)
    answer = client.get(f"/console/cases/{case.number}/documents/decision/")
    assert answer.status_code == 404
    assert "办件到这一步时才有这份文书" in answer.content.decode()


def test_an_ended_case_offers_nothing_but_its_history(client: Client, world: World) -> None:
    page = _open(client, concluded_case(world), world.office.window)
    assert "这个办件已经结束" in page


def test_a_case_waiting_for_correction_shows_the_words_in_place(client: Client, world: World) -> None:
    page = _open(client, corrected_case(world), world.office.window)
    assert "要求补正：请写到门牌号" in page
    assert "要求补正：缺少最后一页，请补拍" in page
    assert "暂停计时" in page


def test_queries_do_not_grow_with_the_history(
    client: Client, world: World, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    case = deciding_case(world)
    client.force_login(world.office.approver)
    client.get(f"/console/cases/{case.number}/")
    with django_assert_max_num_queries(30):
        client.get(f"/console/cases/{case.number}/")


def test_while_the_clock_stands_still_no_last_day_is_named(client: Client, world: World) -> None:
    case = reviewing_case(world)
    assert "<dt>最晚</dt>" in _open(client, case, world.office.officer)
    actions.suspend(world.office.officer.actor, case=case, ground="testing", reason="现场检测")
    assert "<dt>最晚</dt>" not in _open(client, case, world.office.officer)
