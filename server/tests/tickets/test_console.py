"""The staff screens: who may open them, that they speak Chinese, that they do what they say."""

import io
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from console.reading import visible
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook
from organizations.factories import StaffFactory
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings
from tickets.factories import (
    BODY,
    IN_STATE,
    City,
    anonymous,
    asking,
    closed,
    dispatched,
    handling,
    make_city,
    make_rule,
    picture,
    published,
    replied,
    sender,
    split,
    submitted,
)

from config.mapping import Tiles
from zhijian.audit.models import AuditEntry
from zhijian.core.actor import SYSTEM
from zhijian.core.clock import now
from zhijian.core.gcj02 import from_gcj02
from zhijian.core.geo import Point
from zhijian.maps.actions import replace_map
from zhijian.organizations.models import Staff
from zhijian.organizations.rules import Post
from zhijian.privacy.models import AccessRecord
from zhijian.tickets import actions
from zhijian.tickets.actions import PublicText, photos
from zhijian.tickets.actions.tables import save_template
from zhijian.tickets.actions.turn import mark
from zhijian.tickets.models import RoutingRule, SlaRule, Ticket
from zhijian.tickets.queries.figures import by_kind
from zhijian.tickets.rules.acts import Action
from zhijian.tickets.rules.figures import rates
from zhijian.tickets.rules.states import State

pytestmark = pytest.mark.django_db
ROOT = "/console/"
HANDLING = {Post.TICKET_DISPATCHER, Post.TICKET_OFFICER}
PAGES: dict[str, set[Post]] = {
    "tickets/": HANDLING,
    "tickets/?light=red": HANDLING,
    "tickets/{number}/": HANDLING,
    "tickets-dispatching/": {Post.TICKET_DISPATCHER},
    "tickets-texts/": HANDLING,
    "tickets-texts/{number}/": HANDLING,
    "tickets-rules/": {Post.TICKET_DISPATCHER},
    "tickets-figures/": {Post.TICKET_DISPATCHER, Post.SUPERVISOR},
}
HTMX = {"HX-Request": "true"}
HERE = actions.Place(kind="map", latitude=31.052, longitude=112.3122, address="公园南门")
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def city() -> City:
    return make_city()


@pytest.fixture
def as_staff(client: Client) -> Callable[[Staff], Client]:
    def login(staff: Staff) -> Client:
        client.force_login(staff)
        return client

    return login


def draw_city() -> None:
    """A map with one road, north of where tickets are."""
    road = {"type": "LineString", "coordinates": [[112.30, 31.0535], [112.32, 31.0535]]}
    named = {"kind": "road", "name": "人民<路>", "name_en": ""}
    features = [{"type": "Feature", "properties": named, "geometry": road}]
    replace_map(SYSTEM, credit="示意图，不作为划界依据", credit_en="", features=features, regions={})


def strange(page: str) -> list[str]:
    return sorted({word for word in re.findall(r"[A-Za-z]{3,}", visible(page)) if word not in {"XLSX"}})


@pytest.mark.parametrize("post", list(Post))
def test_who_may_open_what_and_all_of_it_chinese(client: Client, city: City, post: Post) -> None:
    ticket = handling(city)
    client.force_login(StaffFactory(department=city.department, name="试验员", posts=[post]))
    opened = {}
    for page in PAGES:
        answer = client.get(ROOT + page.format(number=ticket.number))
        opened[page] = answer.status_code
        assert strange(answer.content.decode()) == [], page
    assert opened == {page: 200 if post in posts else 403 for page, posts in PAGES.items()}


@pytest.mark.parametrize("state", list(State))
def test_every_state_has_a_page_for_both_posts(
    city: City, as_staff: Callable[[Staff], Client], state: State
) -> None:
    ticket = IN_STATE[state](city)
    for staff in (city.dispatcher, city.officer):
        answer = as_staff(staff).get(f"{ROOT}tickets/{ticket.number}/")
        if answer.status_code == 404:
            assert staff == city.officer
            assert ticket.department != city.department
            continue
        page = answer.content.decode()
        assert strange(page) == []
        assert ticket.title in page


def test_every_offered_form_is_done_over_http(city: City, as_staff: Callable[[Staff], Client]) -> None:
    ticket = submitted(city)
    other = submitted(city)

    def do(staff: Staff, action: Action, **data: Any) -> Ticket:
        address = f"{ROOT}tickets/{ticket.number}/actions/{action.value}/"
        answer = as_staff(staff).post(address, data | {"seen": mark(ticket)}, headers=HTMX)
        assert answer.status_code in {200, 204}, answer.content.decode()
        ticket.refresh_from_db()
        return ticket

    boss, officer = city.dispatcher, city.officer
    do(boss, Action.RECLASSIFY, category="lamps")
    do(boss, Action.DISPATCH, department="cg", urgent="1", note="请尽快")
    assert (ticket.department, ticket.urgent) == (city.department, True)
    do(officer, Action.RETURN, reason="不是我们的", department="jt")
    assert ticket.suggested == city.other
    do(boss, Action.DISPATCH, department="jt")
    do(boss, Action.FORWARD, department="cg", reason="还是城管")
    do(officer, Action.ACCEPT)
    do(city.colleague, Action.CLAIM)
    do(officer, Action.CLAIM)
    do(officer, Action.CONTACT, note="已联系")
    do(officer, Action.INVITE, department="jt", request="请核查站牌")
    do(city.helper, Action.CO_ANSWER, opinion="已核查")
    do(boss, Action.SUPERVISE, note="请三日内办结")
    do(officer, Action.ASK_MORE, question="请补充编号")
    do(officer, Action.RESUME, note="")
    do(officer, Action.ASK_EXTENSION, days="2", reason="等待配件到货")
    do(boss, Action.DENY_EXTENSION, opinion="请抓紧办理")
    do(officer, Action.ASK_EXTENSION, days="1", reason="等待配件到货")
    do(boss, Action.APPROVE_EXTENSION)
    do(officer, Action.REPLY, text="已经修复完成")
    do(boss, Action.SEND_BACK, reason="没有到现场")
    do(officer, Action.REPLY, text="已经到现场修复")
    do(boss, Action.CALL_BACK, note="已回访", resolved="yes")
    assert (ticket.state, ticket.resolved, ticket.satisfied) == ("closed", True, None)
    do(boss, Action.REOPEN, reason="回访发现又坏了")
    do(boss, Action.MERGE, into=other.number, reason="同一处路灯")
    assert (ticket.state, ticket.merged_into) == ("merged", other)


def test_splitting_over_http(city: City, as_staff: Callable[[Staff], Client]) -> None:
    ticket = submitted(city)
    data = {
        "body_1": "维修路灯线路",
        "department_1": "cg",
        "body_2": "加固公交站牌",
        "department_2": "jt",
        "category_2": "lamps",
    }
    client = as_staff(city.dispatcher)
    address = f"{ROOT}tickets/{ticket.number}/actions/split/"
    assert (
        client.post(address, {"body_1": "维修路灯线路", "department_1": ""}, headers=HTMX).status_code == 422
    )
    assert client.post(address, data).status_code == 302
    assert ticket.parts.count() == 2


def test_a_refusal_comes_back_in_place_with_what_was_typed(
    city: City, as_staff: Callable[[Staff], Client]
) -> None:
    ticket = handling(city)
    address = f"{ROOT}tickets/{ticket.number}/actions/ask_extension/"
    answer = as_staff(city.officer).post(address, {"days": "99", "reason": "要等很久的配件"}, headers=HTMX)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "这类诉求最多延期5个工作日" in page
    assert "要等很久的配件" in page
    assert "<html" not in page


@pytest.mark.parametrize("action", ["submit", "supplement", "nonsense", "auto_close"])
def test_what_staff_cannot_do_is_not_there(
    city: City, as_staff: Callable[[Staff], Client], action: str
) -> None:
    ticket = submitted(city)
    assert (
        as_staff(city.dispatcher).post(f"{ROOT}tickets/{ticket.number}/actions/{action}/").status_code == 404
    )


def test_unstorable_characters_are_never_an_accident(city: City, as_staff: Callable[[Staff], Client]) -> None:
    ticket = submitted(city)
    client = as_staff(city.dispatcher)
    address = f"{ROOT}tickets/{ticket.number}/actions"
    for action, data in (
        ("dispatch", {"department": "\x00"}),
        ("reclassify", {"category": "\x00"}),
        ("merge", {"into": "\x00", "reason": "同一件事"}),
        ("refuse", {"reason": "\x00", "elsewhere": "\x00"}),
    ):
        assert client.post(f"{address}/{action}/", data, headers=HTMX).status_code in {409, 422}, action
    assert client.get(f"{ROOT}tickets/?q=%00&kind=%00&state=%00&desk=%00").status_code == 200
    assert client.get(f"{ROOT}tickets/%00/").status_code == 404
    row = {"id": "\x00", "position": "1", "name": "\x00名称", "department": "\x00", "regions": ["\x00"]}
    assert client.post(f"{ROOT}tickets-rules/routing/", row).status_code == 422


def test_beyond_ones_scope_nothing_exists_and_the_reach_is_audited(
    city: City, as_staff: Callable[[Staff], Client]
) -> None:
    ticket = dispatched(city)
    client = as_staff(city.helper)
    assert client.get(f"{ROOT}tickets/{ticket.number}/").status_code == 404
    assert ticket.number not in client.get(f"{ROOT}tickets/").content.decode()
    assert AuditEntry.objects.filter(action="ticket.out_of_scope").count() == 1


def test_markup_is_escaped_everywhere(city: City, as_staff: Callable[[Staff], Client]) -> None:
    ticket = handling(city, title=SCRIPT, body=f"{BODY}{SCRIPT}")
    actions.invite(city.officer.actor, ticket=ticket, department=city.other, request=f"请看{SCRIPT}")
    actions.prepare(city.officer.actor, ticket=ticket, text=PublicText(f"标题{SCRIPT}", f"内容呀{SCRIPT}"))
    client = as_staff(city.dispatcher)
    for page in PAGES:
        html = client.get(ROOT + page.format(number=ticket.number)).content.decode()
        assert SCRIPT not in html, page


def test_the_queue_filters_counts_and_finds(city: City, as_staff: Callable[[Staff], Client]) -> None:
    mine, waiting = handling(city), submitted(city, title="公交站牌倾斜", body="公交站牌被撞歪，快要倒下来了")
    client = as_staff(city.dispatcher)

    def page(query: str) -> str:
        return client.get(f"{ROOT}tickets/{query}").content.decode()

    assert mine.number in page("")
    assert waiting.number not in page("?state=handling")
    assert mine.number not in page("?desk=undispatched")
    assert waiting.number in page("?q=公交站牌")
    assert mine.number not in page("?q=公交站牌")
    wide = mine.number[:8].translate({code: code + 0xFEE0 for code in range(0x21, 0x7F)})
    assert mine.number in page(f"?q={wide}")
    assert "没有找到“没有的词语”" in page("?q=没有的词语")
    assert (
        client.get(f"{ROOT}tickets/?q={mine.number.lower()}")["Location"] == f"{ROOT}tickets/{mine.number}/"
    )
    assert client.get(f"{ROOT}tickets/?cursor=!!").status_code == 422
    assert "<html" not in client.get(f"{ROOT}tickets/?desk=mine", headers=HTMX).content.decode()


@pytest.mark.parametrize("count", [1, 5])
def test_pages_ask_a_fixed_number_of_queries(
    city: City,
    as_staff: Callable[[Staff], Client],
    count: int,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for _ in range(count):
        replied(city)
        submitted(city)
    client = as_staff(city.dispatcher)
    for page, most in (
        ("tickets/", 12),
        ("tickets-dispatching/", 19),
        ("tickets-texts/", 14),
        ("tickets-figures/", 14),
    ):
        with django_assert_max_num_queries(most):
            assert client.get(ROOT + page).status_code == 200


def test_a_ticket_page_asks_at_most_forty_queries(
    city: City, as_staff: Callable[[Staff], Client], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    ticket = asking(city)
    client = as_staff(city.officer)
    with django_assert_max_num_queries(40):
        client.get(f"{ROOT}tickets/{ticket.number}/")


def test_a_point_costs_the_map_s_three_queries(city: City, as_staff: Callable[[Staff], Client]) -> None:
    draw_city()
    client = as_staff(city.officer)

    def queries(ticket: Ticket) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(f"{ROOT}tickets/{ticket.number}/").status_code == 200
        return len(asked)

    without = queries(handling(city))
    assert queries(handling(city, place=HERE)) == without + 3


def test_a_ticket_s_place_is_drawn_and_nobody_else_asked(
    city: City, as_staff: Callable[[Staff], Client]
) -> None:
    draw_city()
    first = submitted(city, place=HERE)
    ticket = submitted(city, place=HERE)
    page = as_staff(city.dispatcher).get(f"{ROOT}tickets/{ticket.number}/").content.decode()
    assert page.count('<svg class="map"') == 1
    assert f'aria-label="地图：{city.hall.name}东北约 310 米"' in page
    assert f"公园南门<br>{city.hall.name}东北约 310 米" in page
    assert page.count('<path class="map-road"') == 1
    assert 'data-points="[[112.3122, 31.052], [112.3122, 31.052]]"' in page
    assert 'data-board="/console/map/"' in page
    assert "示意图，不作为划界依据" in page
    assert "坐标 31.05200，112.31220" in page
    assert f'<b>1</b> <span class="num">{first.number}，相距 0 米</span>' in page
    assert strange(page) == []
    assert "在外部地图上看" not in page
    assert not re.findall(r"(?:href|src|action)=.https?:", page)


@pytest.mark.parametrize("drawn", [False, True])
@pytest.mark.parametrize("place", [None, "point", "address"])
def test_without_a_point_or_a_city_map_there_are_only_words(
    city: City, as_staff: Callable[[Staff], Client], drawn: bool, place: str | None
) -> None:
    if drawn:
        draw_city()
    places = {"point": HERE, "address": actions.Place(kind="address", address="公园南门第三根灯杆")}
    ticket = handling(city, **({"place": places[place]} if place else {}))
    page = as_staff(city.officer).get(f"{ROOT}tickets/{ticket.number}/").content.decode()
    assert ('<svg class="map"' in page) is (drawn and place == "point")
    assert ("坐标 31.05200，112.31220" in page) is (place == "point")


def test_a_tile_service_alone_is_a_map_in_its_own_coordinates(
    city: City, as_staff: Callable[[Staff], Client], settings: Settings
) -> None:
    settings.MAP = Tiles(("http://tiles.example/{z}/{x}/{y}",), "cgcs2000", "天地图", 9, 18, 1)
    page = as_staff(city.officer).get(f"{ROOT}tickets/{handling(city, place=HERE).number}/").content.decode()
    assert page.count('<svg class="map"') == 1
    shown = from_gcj02(Point(31.052, 112.3122))
    assert f'data-points="[[{shown.longitude}, {shown.latitude}]]"' in page


@pytest.mark.parametrize("drawn", [False, True])
def test_a_map_outside_is_linked_only_where_configured(
    city: City, as_staff: Callable[[Staff], Client], settings: Settings, drawn: bool
) -> None:
    settings.MAP_URL = "https://maps.example/?at={longitude},{latitude}&x=1"
    if drawn:
        draw_city()
    client = as_staff(city.officer)
    page = client.get(f"{ROOT}tickets/{handling(city, place=HERE).number}/").content.decode()
    address = "https://maps.example/?at=112.3122,31.052&amp;x=1"
    assert f'<a href="{address}" target="_blank" rel="noopener noreferrer">' in page
    assert "maps.example" not in client.get(f"{ROOT}tickets/{handling(city).number}/").content.decode()


def test_contact_is_masked_until_a_reason_is_given_and_the_citizen_sees_who_looked(
    city: City, as_staff: Callable[[Staff], Client]
) -> None:
    ticket = handling(city)
    client = as_staff(city.officer)
    page = client.get(f"{ROOT}tickets/{ticket.number}/").content.decode()
    assert city.citizen.phone not in page
    assert city.citizen.masked_phone in page
    address = f"{ROOT}tickets/{ticket.number}/reveal/"
    assert client.post(address, {"reason": ""}, headers=HTMX).status_code == 422
    shown = client.post(address, {"reason": "联系核实位置"}, headers=HTMX).content.decode()
    assert city.citizen.phone in shown
    [record] = AccessRecord.objects.all()
    assert (record.citizen, record.post, record.reason) == (city.citizen, "ticket_officer", "联系核实位置")


def test_of_a_nameless_ticket_there_is_nothing_to_reveal(
    city: City, as_staff: Callable[[Staff], Client]
) -> None:
    ticket, _ = anonymous(city)
    client = as_staff(city.dispatcher)
    page = client.get(f"{ROOT}tickets/{ticket.number}/").content.decode()
    assert "匿名" in page
    assert "查看联系方式" not in page
    assert (
        client.post(f"{ROOT}tickets/{ticket.number}/reveal/", {"reason": "联系核实位置"}).status_code == 404
    )


def test_pictures_are_shown_and_looks_are_kept(city: City, as_staff: Callable[[Staff], Client]) -> None:
    photo = photos.upload(sender=sender(city.citizen), file=picture())
    ticket = dispatched(city, photos=[photo.public_id])
    client = as_staff(city.officer)
    address = f"{ROOT}tickets/{ticket.number}/photos/{photo.public_id}/"
    assert client.get(f"{address}?preview=1")["Content-Type"] == "image/jpeg"
    assert not AuditEntry.objects.filter(action="ticket.photo_viewed").exists()
    assert client.get(address)["Cache-Control"] == "no-store, private"
    assert AuditEntry.objects.filter(action="ticket.photo_viewed").count() == 1
    assert client.get(f"{ROOT}tickets/{ticket.number}/photos/none/").status_code == 404


def test_dispatching_from_the_desk(city: City, as_staff: Callable[[Staff], Client]) -> None:
    make_rule(city.department)
    first, second = submitted(city), submitted(city)
    actions.ask_extension(city.officer.actor, ticket=handling(city), days=2, reason="等待配件到货")
    client = as_staff(city.dispatcher)
    page = client.get(f"{ROOT}tickets-dispatching/").content.decode()
    assert "城管局（建议）" in page
    assert "等待配件到货" in page
    client.post(f"{ROOT}tickets-dispatching/{first.number}/")
    client.post(f"{ROOT}tickets-dispatching/{second.number}/", {"department": "jt"})
    assert set(Ticket.objects.filter(state="dispatched").values_list("department__code", flat=True)) == {
        "cg",
        "jt",
    }
    again = client.post(f"{ROOT}tickets-dispatching/{first.number}/", follow=True).content.decode()
    assert "没有派出" in again


def test_a_public_text_is_drafted_shown_beside_and_confirmed(
    city: City, as_staff: Callable[[Staff], Client]
) -> None:
    ticket = closed(city, body=f"我叫钱文博，电话19900001234。{BODY}")
    address = f"{ROOT}tickets-texts/{ticket.number}/"
    page = as_staff(city.officer).get(address).content.decode()
    assert '<mark title="姓名">钱文博</mark>' in page
    assert "【姓名】" in page
    data = {"title": "路灯", "question": "电话19900001234的人说路灯不亮", "answer": "已修", "knowledge": "1"}
    assert as_staff(city.officer).post(f"{address}prepare/", data).status_code == 302
    client = as_staff(city.dispatcher)
    refused = client.post(f"{address}publish/", {"seen": mark(ticket)})
    assert refused.status_code == 422
    assert "可能还有电话号码“19900001234”" in refused.content.decode()
    client.post(f"{address}prepare/", data | {"question": "公园南门路灯不亮"})
    assert client.post(f"{address}publish/", {"seen": mark(ticket)}).status_code == 302
    assert "已编入" in client.get(f"{ROOT}tickets-texts/").content.decode()
    assert client.post(f"{address}unpublish/", {"reason": ""}).status_code == 422
    assert client.post(f"{address}unpublish/", {"reason": "反映人要求"}).status_code == 302
    assert as_staff(city.officer).post(f"{address}publish/").status_code == 403


def test_tables_are_edited_and_wrong_ones_explained(city: City, as_staff: Callable[[Staff], Client]) -> None:
    client = as_staff(city.dispatcher)
    rule = make_rule(city.department)
    save_template(city.dispatcher.actor, code="done", name="已修复", text="您好，{编号}已处理")
    page = client.get(f"{ROOT}tickets-rules/").content.decode()
    assert "{编号}" in page
    sla = {
        "contact_value": "2",
        "contact_unit": "hour",
        "answer_value": "3",
        "answer_unit": "day",
        "extension_days": "0",
    }
    assert client.post(f"{ROOT}tickets-rules/sla/standard/", sla).status_code == 302
    assert SlaRule.objects.get().answer_unit == "day"
    assert client.post(f"{ROOT}tickets-rules/sla/standard/", sla | {"answer_value": "x"}).status_code == 422
    row = {
        "id": rule.public_id,
        "position": "3",
        "name": "新的名称",
        "department": "jt",
        "kinds": ["report"],
        "starts": "22:00",
        "ends": "06:00",
        "working": "no",
    }
    assert client.post(f"{ROOT}tickets-rules/routing/", row).status_code == 302
    rule.refresh_from_db()
    assert (rule.department, rule.kinds, rule.working, rule.active) == (city.other, ["report"], False, False)
    wrong = client.post(f"{ROOT}tickets-rules/routing/", {"position": "1"})
    assert wrong.status_code == 422
    assert "请选择承办部门" in wrong.content.decode()
    assert RoutingRule.objects.count() == 1
    assert (
        client.post(
            f"{ROOT}tickets-rules/template/", {"name": "新", "text": "您好，{编号}请稍候"}
        ).status_code
        == 302
    )
    bad = client.post(f"{ROOT}tickets-rules/template/", {"name": "新", "text": "您好，{手机}请稍候"})
    assert "没有这些变量：手机" in bad.content.decode()


def test_a_reopened_ticket_counts_as_unresolved_and_reopened(
    city: City, as_staff: Callable[[Staff], Client]
) -> None:
    content = closed(city)
    actions.mark_rated(reference=content.number, stars=4, satisfied=True)
    actions.reopen(city.citizen.actor, ticket=closed(city), reason="第二天又不亮了")
    total = by_kind(city.supervisor, now() - timedelta(days=1), now() + timedelta(days=1))[0].counts
    found = rates(total)
    assert (found.resolution, found.satisfaction, found.reopening) == (50.0, 100.0, 50.0)


def test_figures_count_tickets_and_tell_no_person(city: City, as_staff: Callable[[Staff], Client]) -> None:
    actions.mark_rated(reference=closed(city).number, stars=4, satisfied=True)
    replied(city)
    split(city)
    published(city)
    page = as_staff(city.supervisor).get(f"{ROOT}tickets-figures/").content.decode()
    assert "收到诉求 5 件，按时答复率 100.0%，满意率 100.0%，没有超期" in page
    assert city.citizen.masked_name not in page
    assert (
        "没有收到诉求"
        in as_staff(city.supervisor)
        .get(f"{ROOT}tickets-figures/?from=2026-01-01&to=2026-02-01")
        .content.decode()
    )
    for query in ("?from=2026-02-01&to=2026-01-01", "?from=x", "?from=2020-01-01&to=2026-01-01"):
        assert as_staff(city.supervisor).get(f"{ROOT}tickets-figures/{query}").status_code == 422


def test_exports_open_in_offices_and_are_audited(city: City, as_staff: Callable[[Staff], Client]) -> None:
    actions.mark_rated(reference=closed(city).number, stars=5, satisfied=True)
    client = as_staff(city.supervisor)
    text = client.get(f"{ROOT}tickets-figures/tickets.csv").content.decode()
    assert text.startswith("\ufeff按部门\r\n名称,收到")
    assert "云州市城市管理局,1,0,0,100.0,1,100.0,1,100.0,100.0,0.0" in text
    assert "report" not in text
    book = load_workbook(io.BytesIO(client.get(f"{ROOT}tickets-figures/tickets.xlsx").content))
    assert book.sheetnames == ["按部门", "按分类", "按类型"]
    assert [cell.value for cell in book["按类型"][2]][:2] == ["上报问题", 1]
    assert AuditEntry.objects.filter(action="ticket.exported").count() == 2
    assert as_staff(city.officer).get(f"{ROOT}tickets-figures/tickets.csv").status_code == 403


def test_first_page_and_navigation(city: City, as_staff: Callable[[Staff], Client]) -> None:
    ticket = dispatched(city)
    page = as_staff(city.officer).get(ROOT).content.decode()
    assert "诉求待签收" in page
    assert ticket.number in page
    assert 'href="/console/tickets/"' in page
    assert "/console/tickets-rules/" not in page
