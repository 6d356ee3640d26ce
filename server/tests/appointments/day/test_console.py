"""The counter, arrivals, a hall's day and its devices in the console."""

import io
import re
from typing import Any

import pytest
from appointments.day_factories import (
    ITEM,
    World,
    add_counter,
    arrive,
    called,
    log_in,
    make_booking,
    make_group,
    make_manager,
    make_world,
    serving,
    ticket,
)
from catalog.factories import make_published
from console.reading import visible
from django.test import Client
from openpyxl import load_workbook
from organizations.factories import HallFactory, StaffFactory
from pytest_django import DjangoAssertNumQueries
from time_machine import travel

from zhijian.appointments.actions import day as actions
from zhijian.appointments.models import Counter, Device, Visit
from zhijian.appointments.queries.report import counter_loads
from zhijian.appointments.queries.scans import qr_of
from zhijian.appointments.rules.states import VisitState
from zhijian.appointments.words import AUDITED
from zhijian.audit.models import AuditEntry
from zhijian.core.actor import SYSTEM
from zhijian.core.clock import today
from zhijian.organizations.rules import Post

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
PAGES = {
    "/console/counter/": {Post.WINDOW_OFFICER},
    "/console/arrivals/": {Post.WINDOW_OFFICER, Post.HALL_MANAGER},
    "/console/hall-day/": {Post.HALL_MANAGER},
    "/console/hall-devices/": {Post.HALL_MANAGER},
}
ALLOWED = {"XLSX"}
_LATIN = re.compile(r"[A-Za-z]{3,}")


@pytest.fixture
def world() -> World:
    return make_world()


def do(client: Client, act: str, visit: Visit | None = None, *, htmx: bool = True, **content: str) -> Any:
    sent = {"visit": visit.public_id, **content} if visit else content
    return client.post(f"/console/counter/do/{act}/", sent, headers=HTMX if htmx else {})


@pytest.mark.parametrize("post", list(Post))
def test_who_may_open_what_in_chinese(world: World, post: Post) -> None:
    client = log_in(StaffFactory(department=world.department, posts=[post]))
    ticket(world)
    for page, posts in PAGES.items():
        answer = client.get(page)
        assert answer.status_code == (200 if post in posts else 403), page
        assert set(_LATIN.findall(visible(answer.content.decode()))) <= ALLOWED, page


@pytest.mark.parametrize(
    "address",
    [
        "/console/counter/do/call/",
        "/console/counter/open/x/",
        "/console/hall-devices/x/code/",
        "/console/hall-devices/x/revoke/",
    ],
)
def test_changing_needs_a_post_request_and_the_post(world: World, address: str) -> None:
    assert log_in(StaffFactory(posts=[Post.EDITOR])).post(address).status_code == 403
    manager_or_officer = make_manager(world) if "devices" in address else world.officer
    assert log_in(manager_or_officer).get(address).status_code == 405


# counter


def test_a_counter_is_chosen_and_opened(world: World) -> None:
    add_counter(world, opened=False)
    client = log_in(world.officers[1])
    page = client.get("/console/counter/").content.decode()
    assert "选择您今天在岗的窗口" in page
    taken = client.post(f"/console/counter/open/{world.counter.public_id}/")
    assert (taken.status_code, "已有人在岗" in taken.content.decode()) == (409, True)
    client.post(f"/console/counter/open/{world.counters[1].public_id}/")
    assert Counter.objects.get(number="2").staff == world.officers[1]
    assert "叫下一位" in client.get("/console/counter/").content.decode()


def test_counters_stand_as_in_the_hall(world: World) -> None:
    for _ in range(9):
        add_counter(world, opened=False)
    numbers = [str(number) for number in range(1, 11)]
    page = log_in(world.officers[-1]).get("/console/counter/").content.decode()
    assert list(dict.fromkeys(re.findall(r"(\d+)号窗口", visible(page)))) == numbers
    assert [load.number for load in counter_loads(world.hall, today())] == numbers


def test_another_department_s_counter_is_not_found(world: World) -> None:
    stranger = StaffFactory(posts=[Post.WINDOW_OFFICER])
    assert log_in(stranger).post(f"/console/counter/open/{world.counter.public_id}/").status_code == 404


def test_a_person_is_called_served_and_done(world: World) -> None:
    HallFactory(code="south")
    version = make_published(department=world.department.code)
    visit = arrive(world, item_version=version, answers={"home": "rent"})
    client = log_in(world.officer)
    part = do(client, "call").content.decode()
    assert "<html" not in part
    assert f"已叫 {visit.number} 号到1号窗口" in part
    assert visit.citizen
    assert visit.citizen.masked_name in part
    assert visit.citizen.name not in part
    assert "租房合同" in part
    assert "房产证明" not in part
    assert "再叫一次" in part
    assert do(client, "recall", visit).status_code == 200
    assert "办完" in do(client, "serve", visit).content.decode()
    assert "窗口空闲" in do(client, "finish", visit).content.decode()
    visit.refresh_from_db()
    assert visit.state == VisitState.DONE
    assert AuditEntry.objects.get(action="visit.call").actor_label.endswith("窗口人员")


def test_one_primary_action_at_any_time(world: World) -> None:
    client = log_in(world.officer)
    visit = ticket(world)
    pages = [client.get("/console/counter/").content.decode()]
    pages += [do(client, act, visit).content.decode() for act in ("call", "serve", "finish", "pause")]
    pages[0] = (
        pages[0].partition("<main")[2].partition("</main>")[0]
    )  # beside it wait the words of an ended session
    assert [page.count('class="button primary"') for page in pages] == [1] * 5
    assert [re.findall(r"primary\".*?</svg>([^<]+)", page) for page in pages] == [
        ["叫下一位"],
        ["开始办理"],
        ["办完"],
        ["叫下一位"],
        ["恢复叫号"],
    ]


def test_refusals_come_in_place(world: World) -> None:
    client = log_in(world.officer)
    for htmx in (True, False):
        answer = do(client, "call", htmx=htmx)
        assert answer.status_code == 409
        assert "现在没有人等候" in (desk := answer.content.decode())
        assert "叫下一位" in desk
    visit = ticket(world)
    do(client, "call")
    assert "请再叫一次或等三分钟" in do(client, "skip", visit).content.decode()
    assert do(client, "nonsense", visit).status_code == 404
    assert do(client, "serve").status_code == 404
    assert do(client, "transfer", visit, group="nowhere").status_code == 422


def test_another_counter_s_visitor_is_not_mine(world: World) -> None:
    add_counter(world)
    visit = ticket(world)
    called(world)
    answer = do(log_in(world.officers[1]), "serve", visit)
    assert (answer.status_code, "在另一个窗口" in answer.content.decode()) == (403, True)
    entry = AuditEntry.objects.get(outcome="refused")
    assert (entry.action, entry.subject) == ("visit.other_counter", f"visit:{visit.public_id}")
    assert entry.action in AUDITED


def test_another_department_s_ticket_does_not_exist(world: World) -> None:
    other = make_world_of_another_department(world)
    visit = ticket(world)
    assert do(log_in(other), "leave", visit).status_code == 404


def make_world_of_another_department(world: World) -> Any:
    officer = StaffFactory(posts=[Post.WINDOW_OFFICER])
    group = make_group(HallFactory(), officer.department)
    counter = Counter.objects.create(hall=group.hall, number="9")
    counter.groups.add(group)
    actions.open_counter(officer.actor, counter=counter, staff=officer)
    return officer


def test_transfer_pause_and_close(world: World) -> None:
    other = make_group(world.hall, world.department, prefix="B")
    client = log_in(world.officer)
    visit = ticket(world)
    do(client, "call")
    assert "票号不变" in client.get("/console/counter/").content.decode()
    assert "已转到B类综合窗口" in do(client, "transfer", visit, group=other.code).content.decode()
    assert "窗口已暂停" in do(client, "pause").content.decode()
    do(client, "resume")
    answer = do(client, "close")
    assert (answer.status_code, answer["HX-Redirect"]) == (204, "/console/counter/")
    assert Counter.objects.get().staff is None
    assert do(client, "call").status_code == 403
    assert client.get("/console/counter/queue/", headers=HTMX).status_code == 403


def test_without_script_the_same_works(world: World) -> None:
    visit = ticket(world)
    client = log_in(world.officer)
    answer = do(client, "call", htmx=False)
    assert (answer.status_code, answer["Location"]) == (302, "/console/counter/")
    assert visit.number in client.get("/console/counter/").content.decode()


def test_who_was_skipped_can_queue_again(world: World) -> None:
    client = log_in(world.officer)
    visit = ticket(world)
    for act in ("call", "recall", "skip"):
        do(client, act, visit)
    assert "重新排队" in client.get("/console/counter/queue/").content.decode()
    assert "已重新排队" in do(client, "rejoin", visit).content.decode()


def test_the_desk_costs_the_same_for_any_line(
    world: World, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = log_in(world.officer)
    arrive(world)
    called(world)
    for _ in range(12):
        ticket(world)
    with django_assert_max_num_queries(16):
        client.get("/console/counter/")
    with django_assert_max_num_queries(9):
        client.get("/console/counter/queue/", headers=HTMX)


# arrivals


def test_staff_check_in_by_code_or_number(world: World) -> None:
    client = log_in(make_manager(world))
    first, second = make_booking(world), make_booking(world)
    for code in (qr_of(first), second.number.lower()):
        answer = client.post(
            "/console/arrivals/", {"do": "check-in", "code": code, "hall": "city"}, follow=True
        )
        assert "票号 A00" in answer.content.decode()
    assert Visit.objects.count() == 2
    refused = client.post("/console/arrivals/", {"do": "check-in", "code": first.number})
    assert (refused.status_code, "已经签到" in refused.content.decode()) == (409, True)
    assert first.number in refused.content.decode()  # what was typed stays
    for code in ("", "ZJ1.x", "NOTHING1", "\x00", "x" * 999):
        assert client.post("/console/arrivals/", {"do": "check-in", "code": code}).status_code in (404, 422)


def test_staff_give_a_number(world: World) -> None:
    client = log_in(world.officer)
    answer = client.post(
        "/console/arrivals/", {"do": "ticket", "matter": f"group-a:{ITEM}", "priority": "1"}, follow=True
    )
    assert "票号 A001" in answer.content.decode()
    assert Visit.objects.get().priority
    for matter in ("", "group-a", f"nowhere:{ITEM}", "group-a:nothing"):
        assert client.post("/console/arrivals/", {"do": "ticket", "matter": matter}).status_code == 409


# a hall's day


def test_the_manager_sees_the_day(world: World) -> None:
    make_booking(world)
    arrive(world)
    actions.finish(world.officer.actor, visit=serving(world))
    ticket(world)
    page = log_in(make_manager(world)).get("/console/hall-day/").content.decode()
    assert "预约 2 人；现在 1 人等候，A类综合窗口最多（1 人）" in page
    row = re.search(r"09:00–09:30</th>.*?</tr>", page, re.DOTALL)
    assert row
    assert re.findall(r'right">(\d+)<', row[0]) == ["4", "2", "1", "1", "0"]
    assert world.officer.name in page


def test_the_day_before_says_who_missed(world: World) -> None:
    make_booking(world)
    with travel("2026-11-03T09:00:00+08:00"):
        actions.close_day(SYSTEM, group=world.group, day=world.slot.date)
        page = log_in(make_manager(world)).get("/console/hall-day/?date=2026-11-02").content.decode()
    assert "预约 1 人；1 人未到（100%）" in page


@pytest.mark.parametrize(
    "query", ["date=nonsense", "date=9999-12-31", "date=0001-01-01", "hall=nowhere", "hall=%00"]
)
def test_a_wrong_address_shows_today(world: World, query: str) -> None:
    answer = log_in(make_manager(world)).get(f"/console/hall-day/?{query}")
    assert answer.status_code == 200
    assert "11月2日" in answer.content.decode()


def test_another_region_s_hall_is_not_shown(world: World) -> None:
    other = HallFactory(code="far", name="远方大厅")
    client = log_in(make_manager(world))
    assert other.name not in client.get("/console/hall-day/?hall=far").content.decode()


def test_the_workbook_has_words_and_masked_names(world: World) -> None:
    visit = arrive(world)
    called(world)
    client = log_in(make_manager(world))
    answer = client.get("/console/hall-day/bookings.xlsx?hall=city&date=2026-11-02")
    assert answer["Content-Disposition"] == 'attachment; filename="city-2026-11-02.xlsx"'
    book = load_workbook(io.BytesIO(answer.content))
    assert book.sheetnames == ["预约", "时段", "窗口组", "窗口"]
    row = [cell.value for cell in book["预约"][2]]
    assert visit.citizen
    assert visit.booking
    assert row[:2] == ["09:00", "A类综合窗口"]
    assert row[3:8] == [visit.booking.number, visit.citizen.masked_name, "普通号", "已签到", "A001"]
    assert row[10] == "1号窗口"
    content = str([[cell.value for cell in line] for sheet in book for line in sheet])
    for secret in (visit.citizen.name, visit.citizen.phone, visit.citizen.id_number):
        assert secret not in content
    assert AuditEntry.objects.filter(action="hall_day.exported", subject="hall:city").exists()
    stranger = StaffFactory(department=world.department, posts=[Post.HALL_MANAGER])
    assert log_in(stranger).get("/console/hall-day/bookings.xlsx").status_code == 404


def test_the_day_costs_the_same_for_any_length(
    world: World, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(4):
        arrive(world)
    for prefix in "BCD":
        make_group(world.hall, world.department, prefix=prefix)
    client = log_in(make_manager(world))
    with django_assert_max_num_queries(15):
        client.get("/console/hall-day/")
    with django_assert_max_num_queries(16):
        client.get("/console/hall-day/bookings.xlsx")


# devices


def test_a_device_is_registered_paired_and_revoked(world: World) -> None:
    client = log_in(make_manager(world))
    content = {"hall": "city", "kind": "screen", "name": "一楼叫号屏", "group": "group-a"}
    page = client.post("/console/hall-devices/", content).content.decode()
    code = re.search(r'pairing-code num">(\d{4} \d{4})<', page)
    assert code
    device = Device.objects.get()
    assert list(device.groups.all()) == [world.group]
    assert code[1] not in client.get("/console/hall-devices/").content.decode()
    machine = Client()
    machine.post("/hall/", {"code": code[1]})
    assert machine.get("/hall/screen/").status_code == 200
    assert "已配对" in client.get("/console/hall-devices/").content.decode()
    client.post(f"/console/hall-devices/{device.public_id}/revoke/")
    assert machine.get("/hall/screen/").status_code == 302
    assert client.post(f"/console/hall-devices/{device.public_id}/code/").status_code == 404
    assert [
        entry.action for entry in AuditEntry.objects.filter(action__startswith="device.").order_by("id")
    ] == [
        "device.created",
        "device.code_made",
        "device.paired",
        "device.revoked",
    ]


@pytest.mark.parametrize(
    "wrong", [{"hall": "far"}, {"hall": ""}, {"kind": "robot"}, {"name": " "}, {"name": "长" * 41}]
)
def test_a_device_that_cannot_be_is_refused(world: World, wrong: dict[str, str]) -> None:
    HallFactory(code="far")
    content = {"hall": "city", "kind": "screen", "name": "一楼叫号屏"} | wrong
    assert log_in(make_manager(world)).post("/console/hall-devices/", content).status_code == 422
    assert not Device.objects.exists()


def test_another_hall_s_device_is_not_found(world: World) -> None:
    device = actions.create_device(SYSTEM, hall=HallFactory(), kind="kiosk", name="远方")
    client = log_in(make_manager(world))
    for act in ("code", "revoke"):
        assert client.post(f"/console/hall-devices/{device.public_id}/{act}/").status_code == 404
