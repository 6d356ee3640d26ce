"""Kiosk and calling screen: paired once, refused when revoked, and nothing of persons on them."""

import re

import pytest
from appointments.day_factories import (
    ITEM,
    World,
    arrive,
    called,
    make_booking,
    make_group,
    make_manager,
    make_world,
    ticket,
)
from console.reading import visible
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from time_machine import travel

from zhijian.appointments.actions import day as actions
from zhijian.appointments.models import Device, Seat, Visit
from zhijian.appointments.queries.scans import qr_of
from zhijian.appointments.rules.states import Pool
from zhijian.core.actor import SYSTEM

pytestmark = pytest.mark.django_db
_LATIN = re.compile(r"[A-Za-z]{3,}")


@pytest.fixture
def world() -> World:
    return make_world()


def machine(world: World, kind: str) -> tuple[Device, Client]:
    """A paired machine and its browser, which insists on CSRF as a real one does."""
    device = actions.create_device(make_manager(world).actor, hall=world.hall, kind=kind, name="一楼")
    code = actions.make_code(SYSTEM, device=device)
    browser = Client()
    answer = browser.post("/hall/", {"code": f" {code[:4]} {code[4:]}"})
    assert (answer.status_code, answer["Location"]) == (302, f"/hall/{kind}/")
    cookie = answer.cookies["zhijian_hall"]
    assert cookie["httponly"]
    assert (cookie["samesite"], cookie["path"]) == ("Strict", "/hall/")
    device.refresh_from_db()
    assert cookie.value not in (device.token_hash, device.code_digest)
    return device, browser


def scan(browser: Client, code: str, **more: str) -> tuple[int, str]:
    answer = browser.post("/hall/kiosk/scan/", {"code": code, **more})
    return answer.status_code, answer.content.decode()


# pairing


def test_a_code_pairs_once_and_for_ten_minutes(world: World) -> None:
    device = actions.create_device(SYSTEM, hall=world.hall, kind="kiosk", name="一楼")
    code = actions.make_code(SYSTEM, device=device)
    assert re.fullmatch(r"\d{8}", code)
    device.refresh_from_db()
    assert code not in (device.code_digest, device.token_hash or "")
    with travel("2026-11-02T09:11:00+08:00"):
        assert Client().post("/hall/", {"code": code}).status_code == 422
    assert Client().post("/hall/", {"code": code}).status_code == 302
    refused = Client().post("/hall/", {"code": code})
    assert refused.status_code == 422
    assert "配对码不对或已过期" in refused.content.decode()


@pytest.mark.parametrize("code", ["", "0", "abc", "12345678", "x" * 500, "１２３４５６７８"])
def test_wrong_codes_are_refused_in_words(world: World, code: str) -> None:
    answer = Client().post("/hall/", {"code": code})
    assert answer.status_code == 422
    assert "zhijian_hall" not in answer.cookies


def test_guessing_is_braked(world: World) -> None:
    answers = [Client().post("/hall/", {"code": f"{n:08d}"}).status_code for n in range(11)]
    assert answers == [422] * 10 + [429]


def test_a_revoked_device_opens_nothing(world: World) -> None:
    device, browser = machine(world, "kiosk")
    booking = make_booking(world)
    actions.revoke(SYSTEM, device=device)
    assert browser.get("/hall/kiosk/")["Location"] == "/hall/"
    status, page = scan(browser, qr_of(booking))
    assert status == 401
    assert "没有配对或已停用" in page
    part = browser.get("/hall/screen/board/", headers={"HX-Request": "true"})
    assert (part.status_code, part["HX-Redirect"]) == (401, "/hall/")
    assert not Visit.objects.exists()


def test_a_new_pairing_ends_the_old_one(world: World) -> None:
    device, old = machine(world, "kiosk")
    new = Client()
    new.post("/hall/", {"code": actions.make_code(SYSTEM, device=device)})
    assert old.get("/hall/kiosk/").status_code == 302
    assert new.get("/hall/kiosk/").status_code == 200
    assert new.get("/hall/")["Location"] == "/hall/kiosk/"


def test_a_screen_is_no_kiosk(world: World) -> None:
    _, browser = machine(world, "screen")
    assert browser.get("/hall/kiosk/").status_code == 302
    assert browser.post("/hall/kiosk/take/", {"matter": f"group-a:{ITEM}"}).status_code == 401
    assert Client().get("/hall/screen/").status_code == 302


def test_a_form_from_elsewhere_is_refused(world: World) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/hall/", {"code": "12345678"}).status_code == 403


# kiosk


def test_a_scanned_code_gives_a_slip_without_the_person(world: World) -> None:
    _, browser = machine(world, "kiosk")
    ticket(world)
    booking = make_booking(world)
    status, page = scan(browser, qr_of(booking) + "\n")
    assert status == 200
    assert "A002" in page
    assert "A类综合窗口" in page
    for secret in (
        booking.citizen.name,
        booking.citizen.masked_name,
        booking.citizen.phone,
        booking.public_id,
    ):
        assert secret not in page


def test_a_number_with_the_phone_s_end(world: World) -> None:
    _, browser = machine(world, "kiosk")
    booking = make_booking(world)
    status, page = scan(browser, booking.number, phone="0000")
    assert (status, "预约号或手机尾号不对" in page) == (404, True)
    assert scan(browser, booking.number)[0] == 422  # a number alone is no code
    status, page = scan(browser, booking.number, phone=booking.citizen.phone[-4:])
    assert (status, "A001" in page) == (200, True)


def test_each_refusal_of_a_code_says_what_to_do(world: World) -> None:
    _, browser = machine(world, "kiosk")
    booking = make_booking(world)
    assert "无法识别" in scan(browser, "ZJ1." + "0" * 26 + "." + "0" * 16)[1]
    assert scan(browser, qr_of(booking))[0] == 200
    status, page = scan(browser, qr_of(booking))
    assert (status, "已经签到" in page, "A001" in page) == (409, True, True)
    cancelled = make_booking(world, state="cancelled")
    assert "可以取现场号" in scan(browser, qr_of(cancelled))[1]
    other = make_world_elsewhere(world)
    assert "南城大厅" in scan(browser, qr_of(other))[1]


def make_world_elsewhere(world: World) -> object:
    from appointments.day_factories import make_slot
    from organizations.factories import HallFactory

    group = make_group(HallFactory(name="南城大厅"), world.department)
    return make_booking(world, slot=make_slot(group))


@pytest.mark.parametrize("code", ["", " ", "\x00", "ZJ1.", "🙂" * 30, "9" * 4000, "' OR 1=1 --"])
def test_bad_input_is_refused_and_nothing_is_written(world: World, code: str) -> None:
    _, browser = machine(world, "kiosk")
    assert scan(browser, code)[0] in (404, 422)
    assert scan(browser, code, phone=code)[0] in (404, 422)
    assert browser.post("/hall/kiosk/take/", {"matter": code}).status_code == 409
    assert not Visit.objects.exists()


def test_a_walk_in_takes_a_number_and_the_last_one_is_the_last(world: World) -> None:
    _, browser = machine(world, "kiosk")
    Seat.objects.filter(pool=Pool.WALK_IN, number__gte=5).delete()
    page = browser.get("/hall/kiosk/matters/").content.decode()
    assert "还有 1 个号" in page
    answer = browser.post("/hall/kiosk/take/", {"matter": f"group-a:{ITEM}", "priority": "1"})
    assert "A001" in answer.content.decode()
    assert Visit.objects.get().priority
    assert "今天已发完" in browser.get("/hall/kiosk/matters/").content.decode()
    refused = browser.post("/hall/kiosk/take/", {"matter": f"group-a:{ITEM}"})
    assert (refused.status_code, "今天没有现场号了" in refused.content.decode()) == (409, True)


def test_a_kiosk_of_some_groups_gives_no_other_s_numbers(world: World) -> None:
    other = make_group(world.hall, world.department, prefix="B")
    device, browser = machine(world, "kiosk")
    device.groups.set([other])
    assert browser.post("/hall/kiosk/take/", {"matter": f"group-a:{ITEM}"}).status_code == 409


# screen


def test_the_screen_shows_who_is_called_where(world: World) -> None:
    _, browser = machine(world, "screen")
    visit, _ = arrive(world), ticket(world)
    assert "还没有叫号" in browser.get("/hall/screen/").content.decode()
    called(world)
    page = browser.get("/hall/screen/board/").content.decode()
    assert f'data-call="{visit.number}|1|1|' in page
    assert "1号窗口" in page
    assert '<td class="num">1</td><td class="num">1</td>' in page, "one waits, one counter is open"
    assert visit.citizen
    assert visit.citizen.masked_name not in page
    actions.recall(world.officer.actor, visit=visit)
    assert f'data-call="{visit.number}|1|2|' in browser.get("/hall/screen/board/").content.decode()


def test_six_calls_the_newest_first(world: World) -> None:
    _, browser = machine(world, "screen")
    for minute in range(8):
        with travel(f"2026-11-02T09:1{minute}:00+08:00"):
            ticket(world)
            actions.leave(world.officer.actor, visit=called(world))
    page = browser.get("/hall/screen/board/").content.decode()
    assert re.findall(r'<th scope="row">(A\d+)</th>', page) == [f"A00{n}" for n in (8, 7, 6, 5, 4, 3)]


def test_nothing_new_is_304(world: World, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    _, browser = machine(world, "screen")
    first = browser.get("/hall/screen/board/")
    assert first["Cache-Control"] == "private, no-cache"
    with django_assert_max_num_queries(8):
        again = browser.get("/hall/screen/board/", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    ticket(world)
    assert browser.get("/hall/screen/board/", headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_a_screen_of_some_groups_shows_these(world: World) -> None:
    other = make_group(world.hall, world.department, prefix="B")
    device, browser = machine(world, "screen")
    device.groups.set([other])
    ticket(world)
    called(world)
    page = browser.get("/hall/screen/").content.decode()
    assert "B类综合窗口" in page
    assert "A001" not in page


def test_every_page_of_a_machine_is_chinese(world: World) -> None:
    _, kiosk = machine(world, "kiosk")
    _, screen = machine(world, "screen")
    pages = [
        Client().get("/hall/"),
        kiosk.get("/hall/kiosk/"),
        kiosk.get("/hall/kiosk/matters/"),
        kiosk.post("/hall/kiosk/scan/", {"code": "x"}),
        kiosk.post("/hall/kiosk/scan/", {"code": qr_of(make_booking(world))}),
        screen.get("/hall/screen/"),
    ]
    for page in pages:
        html = page.content.decode()
        assert _LATIN.findall(visible(html)) == []
        assert html.count("<h1") == 1
        assert "onclick" not in html
