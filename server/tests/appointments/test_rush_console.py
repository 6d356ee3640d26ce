"""The hall manager's screens of rushes: who may open them, Chinese to the last word, what they do."""

import re
from datetime import timedelta
from typing import Any

import pytest
from appointments.rush_factories import Place, enter, make_people, make_place, make_rush, make_slot
from catalog.factories import make_published
from console.reading import visible
from django.test import Client
from organizations.factories import DepartmentFactory, HallFactory, StaffFactory
from pytest_django import DjangoAssertNumQueries

from zhijian.appointments.models import Rush, Slot
from zhijian.core.clock import now
from zhijian.organizations.models import Staff
from zhijian.organizations.rules import Post

pytestmark = pytest.mark.django_db
LIST, NEW = "/console/appointments/rushes/", "/console/appointments/rushes/new/"


@pytest.fixture
def place() -> Place:
    return make_place()


@pytest.fixture
def manager(client: Client, place: Place) -> Staff:
    staff: Staff = StaffFactory(department=place.group.department, posts=[Post.HALL_MANAGER])
    client.force_login(staff)
    return staff


def _drawn(place: Place, *, closed: bool = True) -> Rush:
    moment = now()
    slot = make_slot(place)
    times = {"joins_from": moment - timedelta(hours=3), "opens_at": moment - timedelta(hours=2)}
    closes = moment - timedelta(minutes=1) if closed else moment + timedelta(hours=1)
    rush = make_rush(place, slot, mode="draw", closes_at=closes, **times)
    for citizen, _ in make_people(3):
        enter(rush, citizen, wishes=[slot.public_id])
    return rush


@pytest.mark.parametrize("post", list(Post))
def test_only_hall_managers_open_them(client: Client, place: Place, post: Post) -> None:
    rush = make_rush(place, make_slot(place))
    client.force_login(StaffFactory(department=place.group.department, posts=[post]))
    expected = 200 if post == Post.HALL_MANAGER else 403
    pages = [LIST, NEW, f"{LIST}{rush.public_id}/"]
    assert [client.get(page).status_code for page in pages] == [expected] * 3
    posted = client.post(f"{LIST}{rush.public_id}/call-off/").status_code
    assert posted == (302 if post == Post.HALL_MANAGER else 403)


def test_another_regions_rush_is_not_found(client: Client, manager: Staff) -> None:
    elsewhere = make_rush(make_place())
    assert elsewhere.name not in client.get(LIST).content.decode()
    for page in ("", "settle/", "call-off/"):
        address = f"{LIST}{elsewhere.public_id}/{page}"
        answer = client.post(address) if page else client.get(address)
        assert answer.status_code == 404
    assert Rush.objects.filter(pk=elsewhere.pk).exists()


def test_every_page_speaks_chinese(client: Client, place: Place, manager: Staff) -> None:
    queue, draw = make_rush(place, make_slot(place, number=5)), _drawn(place)
    pages = [LIST, NEW, f"{LIST}{queue.public_id}/", f"{LIST}{draw.public_id}/"]
    client.post(f"{LIST}{draw.public_id}/settle/")
    for page in pages:
        text = visible(client.get(page).content.decode())
        assert sorted(set(re.findall(r"[A-Za-z]{3,}", text))) == [], page


def test_the_queues_figures(
    client: Client, place: Place, manager: Staff, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    rush = make_rush(place, make_slot(place, seats=4), per_second=1, opens_at=now() - timedelta(seconds=2.5))
    for citizen, _ in make_people(5):
        enter(rush, citizen)
    with django_assert_max_num_queries(9):
        page = client.get(f"{LIST}{rush.public_id}/").content.decode()
    tiles = dict(re.findall(r"</svg>([^<]+)</span><b>(\d+)</b>", page))
    assert int(tiles["已放行"]) + int(tiles["等待放行"]) == int(tiles["已排队"]) == 5
    assert int(tiles["已放行"]) >= 2
    assert (tiles["可约的号"], tiles["剩余"]) == ("4", "4")
    assert "取消这一场" not in page


def test_a_draw_is_settled_here_and_shown_without_persons(
    client: Client, place: Place, manager: Staff
) -> None:
    rush = _drawn(place)
    address = f"{LIST}{rush.public_id}/"
    before = client.get(address).content.decode()
    assert "现在抽签" in before
    assert rush.seed not in before
    client.post(f"{address}settle/")
    after = client.get(address).content.decode()
    assert rush.seed in after
    assert after.count("已约到") == 1
    assert after.count("未约到") == 2
    assert "现在抽签" not in after


def test_a_draw_cannot_be_settled_before_it_closes(client: Client, place: Place, manager: Staff) -> None:
    rush = _drawn(place, closed=False)
    address = f"{LIST}{rush.public_id}/"
    assert "现在抽签" not in client.get(address).content.decode()
    answer = client.post(f"{address}settle/", follow=True)
    assert "报名还没有截止" in answer.content.decode()
    rush.refresh_from_db()
    assert rush.drawn_at is None


def _form(place: Place, **changes: Any) -> dict[str, str]:
    day = (now() + timedelta(days=10)).date().isoformat()
    opens = now() + timedelta(days=1)
    sound = {
        "name": "5·20结婚登记",
        "item_code": "",
        "region": place.region.code,
        "first_date": day,
        "last_date": day,
        "mode": "queue",
        "joins_from": f"{opens - timedelta(hours=1):%Y-%m-%dT%H:%M}",
        "opens_at": f"{opens:%Y-%m-%dT%H:%M}",
        "closes_at": f"{opens + timedelta(hours=2):%Y-%m-%dT%H:%M}",
        "per_second": "20",
        "window_minutes": "15",
    }
    return sound | changes


@pytest.fixture
def item() -> str:
    DepartmentFactory(
        code="ga", name="云州市公安局", name_en="Bureau", short_name="公安局", phone="0999-0110110"
    )
    for code in ("city", "south"):
        HallFactory(code=code)
    return str(make_published().code)


def test_a_rush_is_arranged(client: Client, place: Place, manager: Staff, item: str) -> None:
    slot = make_slot(place, item_code=item)
    answer = client.post(NEW, _form(place, item_code=item), follow=True)
    assert "已设置5·20结婚登记，共 1 个时段" in answer.content.decode()
    rush = Rush.objects.get()
    slot.refresh_from_db()
    assert (slot.rush, rush.per_second, rush.window_minutes) == (rush, 20, 15)
    assert rush.closes_at - rush.opens_at == timedelta(hours=2)
    client.post(f"{LIST}{rush.public_id}/call-off/")
    assert not Rush.objects.exists()
    assert Slot.objects.get(pk=slot.pk).rush is None


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"region": "000000"}, "请选择区划"),
        ({"item_code": "x"}, "请选择事项"),
        ({"first_date": "tomorrow"}, "请填写日期"),
        ({"opens_at": ""}, "请填写日期和时间"),
        ({"per_second": "-1"}, "每秒放行请填整数"),
        ({"window_minutes": "²"}, "预约时间请填整数"),
        ({"per_second": "0"}, "每秒放行请填1到1000"),
        ({"name": ""}, "请填写名称，2到60个字"),
        ({"mode": "lottery"}, "请选择排队或抽签"),
        ({}, "这些日期还没有号源，请先生成号源"),
    ],
)
def test_what_was_typed_stays_when_it_is_refused(
    client: Client, place: Place, manager: Staff, item: str, change: dict[str, str], message: str
) -> None:
    answer = client.post(NEW, _form(place, **({"item_code": item} | change)))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert message in page
    assert change.get("name", "5·20结婚登记") in page
    assert not Rush.objects.exists()
