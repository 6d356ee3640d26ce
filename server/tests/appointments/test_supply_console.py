"""The screens of what halls offer: who may open them, Chinese to the last word, over the impact to the deed."""

import re
from datetime import timedelta
from typing import Any

import pytest
from appointments.supply_factories import (
    Place,
    at,
    book,
    fill,
    make_group,
    make_line,
    make_place,
    make_schedule,
    make_spec,
    slots_on,
)
from catalog.factories import make_published
from console.reading import visible
from django.http import HttpResponse
from django.test import Client
from organizations.factories import DepartmentFactory, HallFactory, StaffFactory

from zhijian.appointments.console.supply.forms import line_rows
from zhijian.appointments.models import (
    Closure,
    Counter,
    Schedule,
    Seat,
    SpecialDay,
)
from zhijian.core.clock import today
from zhijian.organizations.models import Staff
from zhijian.organizations.rules import Post

pytestmark = pytest.mark.django_db
_LATIN = re.compile(r"[A-Za-z]{3,}")
READ = {Post.HALL_MANAGER, Post.WINDOW_OFFICER}
WRITE = {Post.HALL_MANAGER}
PAGES = {
    "": READ,
    "city/": READ,
    "city/board/": READ,
    "city/groups/": READ,
    "city/plans/{plan}/": READ,
    "city/plans/{plan}/days/": READ,
    "city/plans/new/": WRITE,
    "city/closing/": WRITE,
    "city/groups/{group}/": WRITE,
}
ROOT = "/console/appointments/supply/"


@pytest.fixture
def place() -> Place:
    return make_place()


@pytest.fixture
def schedule(place: Place) -> Schedule:
    schedule = make_schedule(place.group)
    Closure.objects.create(hall=place.hall, starts_at=at(20, 0), ends_at=at(21, 0), reason="设备检修")
    SpecialDay.objects.create(
        schedule=schedule, date=today() + timedelta(days=9), as_weekday=0, reason="培训"
    )
    counter = Counter.objects.create(hall=place.hall, number="8")
    counter.groups.add(place.group)
    return schedule


@pytest.fixture
def manager(client: Client, place: Place) -> Client:
    client.force_login(place.manager)
    return client


def _address(page: str, place: Place, schedule: Schedule) -> str:
    return ROOT + page.format(plan=schedule.public_id, group=place.group.public_id)


def _strange(page: str) -> list[str]:
    return sorted(set(_LATIN.findall(visible(page))))


def _form(**changes: Any) -> dict[str, Any]:
    """The plan of make_spec as the form sends it."""
    return {
        "days-0": list("1234567"),
        "starts-0": "09:00",
        "ends-0": "10:00",
        "slot_minutes-0": "30",
        "capacity-0": "2",
        "priority-0": "1",
        "walk_in-0": "1",
        "overbook-0": "",
        "starts-1": "",
        "ends-1": "",
        "valid_from": "2026-01-01",
        "valid_to": "",
        "horizon_days": "10",
        "release_at": "08:00",
        "lead_minutes": "60",
        "hold_minutes": "5",
        "offer_minutes": "60",
        "makeup_weekday": "1",
        "waitlist": "1",
    } | changes


def _confirm(client: Client, address: str, shown: HttpResponse, data: dict[str, Any]) -> Any:
    digest = re.search(r'name="expected" value="([0-9a-f]{64})"', shown.content.decode())
    assert digest
    return client.post(address, data | {"step": "apply", "expected": digest[1]}, follow=True)


@pytest.mark.parametrize("post", list(Post))
def test_who_may_open_what(client: Client, place: Place, schedule: Schedule, post: Post) -> None:
    client.force_login(StaffFactory(department=place.department, posts=[post]))
    opened = {}
    for page in PAGES:
        answer = client.get(_address(page, place, schedule))
        opened[page] = answer.status_code
        assert _strange(answer.content.decode()) == [], page
    assert opened == {page: 200 if post in posts else 403 for page, posts in PAGES.items()}


def test_the_regions_manager_sees_every_part_in_chinese(
    manager: Client, place: Place, schedule: Schedule
) -> None:
    for page in [*PAGES, "city/groups/new/"]:
        answer = manager.get(_address(page, place, schedule))
        assert answer.status_code == 200, page
        assert _strange(answer.content.decode()) == [], page


def test_another_regions_hall_is_not_there(client: Client, place: Place, schedule: Schedule) -> None:
    client.force_login(make_place("south").manager)
    for page in PAGES:
        if page:
            assert client.get(_address(page, place, schedule)).status_code == 404, page
    assert place.hall.name not in client.get(ROOT).content.decode()


def test_who_only_looks_cannot_write(client: Client, place: Place, schedule: Schedule) -> None:
    client.force_login(StaffFactory(department=place.department, posts=[Post.WINDOW_OFFICER]))
    for page in ("city/plans/{plan}/", "city/plans/{plan}/days/"):
        assert client.post(_address(page, place, schedule), _form()).status_code == 404
    slot = slots_on(schedule, 3)[0]
    address = f"{ROOT}city/board/{slot.public_id}/"
    assert client.post(address, {"pool": "general", "change": "1"}).status_code == 403
    page = client.get(_address("city/plans/{plan}/", place, schedule)).content.decode()
    assert "修改由大厅主管办理" in page
    assert "核对影响" not in page


def test_a_departments_manager_has_no_say_over_the_whole_hall(
    client: Client, place: Place, schedule: Schedule
) -> None:
    client.force_login(StaffFactory(department=place.department, posts=[Post.HALL_MANAGER]))
    assert "整个大厅</option>" not in client.get(f"{ROOT}city/closing/").content.decode()
    span = {"starts_at": f"{at(3, 0):%Y-%m-%dT%H:%M}", "ends_at": f"{at(4, 0):%Y-%m-%dT%H:%M}"}
    answer = client.post(f"{ROOT}city/closing/", {**span, "group": "", "reason": "检修"})
    assert answer.status_code == 422
    assert client.get(f"{ROOT}city/groups/new/").status_code == 404
    assert client.post(f"{ROOT}city/counters/", {"number": "9"}).status_code == 404
    assert client.post(f"{ROOT}city/misses/", {}).status_code == 404


def test_the_form_shows_lines_that_differ_by_the_day_as_one_row() -> None:
    lines = make_spec([make_line(day) for day in (1, 2, 3, 5)] + [make_line(6, capacity=1)]).lines
    rows = line_rows(lines)
    assert [(row.days_words, row.values["capacity"]) for row in rows] == [
        ("周一、周二、周三、周五", "2"),
        ("周六", "1"),
    ]
    assert line_rows(make_spec().lines)[0].days_words == "周一至周日"


def test_a_plan_is_changed_over_its_impact(manager: Client, place: Place, schedule: Schedule) -> None:
    first, last = fill(slots_on(schedule, 3)[0])
    address = _address("city/plans/{plan}/", place, schedule)
    data = _form(**{"capacity-0": "1"})
    shown = manager.post(address, data)
    page = shown.content.decode()
    assert "1 个预约要改约" in page
    assert last.number in page
    assert first.number not in page
    assert "林试验" not in page
    assert last.citizen.masked_name in page
    assert _strange(page) == []
    done = _confirm(manager, address, shown, data)
    assert "1 个预约已改到最近的时段" in done.content.decode()
    last.refresh_from_db()
    assert last.slot == slots_on(schedule, 3)[1]


def test_when_something_changed_meanwhile_the_new_impact_is_shown(
    manager: Client, place: Place, schedule: Schedule
) -> None:
    address = _address("city/plans/{plan}/", place, schedule)
    data = _form(**{"days-0": ["1"]})
    shown = manager.post(address, data)
    booked = [book(slots_on(schedule, days)[0]) for days in (2, 3)]  # one of them is no Monday
    again = _confirm(manager, address, shown, data)
    assert again.status_code == 409
    page = again.content.decode()
    assert "请核对新的影响后再确认" in page
    assert any(one.number in page for one in booked)
    assert Schedule.objects.get().version == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"ends-0": "09:00"}, "结束时间要晚于开始时间"),
        ({"days-0": []}, "请勾选星期"),
        ({"capacity-0": "很多"}, "普通号填写有误"),
        ({"capacity-0": "-1"}, "普通号填写有误"),
        ({"starts-0": "25:99"}, "开始时间填写有误"),
        ({"horizon_days": "1000"}, "提前几天放号"),
        ({"valid_from": "明天"}, "起用日期填写有误"),
        ({"valid_to": "2025-01-01"}, "停用日期不能早于起用日期"),
        ({"starts-0": "", "ends-0": "", "days-0": []}, "至少填写一行时段"),
        ({"days-1": ["2"], "starts-1": "09:30", "ends-1": "11:00", "capacity-1": "1", "slot_minutes-1": "30"}, "重叠"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    manager: Client, place: Place, schedule: Schedule, changes: dict[str, Any], words: str
) -> None:
    answer = manager.post(_address("city/plans/{plan}/", place, schedule), _form(**changes))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert _strange(page) == []
    for key, value in changes.items():
        if isinstance(value, str) and value and not key.startswith("slot"):
            assert f'value="{value}"' in page
    assert Schedule.objects.get().version == 1


def test_lines_outside_the_halls_hours_are_told_before(
    manager: Client, place: Place, schedule: Schedule
) -> None:
    page = manager.post(_address("city/plans/{plan}/", place, schedule), _form()).content.decode()
    assert "周六 09:00–10:00 不在大厅开放时间内" in page
    assert "周一 09:00–10:00" not in page


def test_a_new_plan(manager: Client, place: Place) -> None:
    DepartmentFactory(code="ga")
    HallFactory(code="south")
    version = make_published(bookable=True)
    address = f"{ROOT}city/plans/new/"
    assert version.name in manager.get(address).content.decode()
    data = _form(group=place.group.public_id, item_code=version.code)
    shown = manager.post(address, data)
    _confirm(manager, address, shown, data)
    assert Schedule.objects.get().slots.count() > 30
    again = manager.post(address, data)
    assert again.status_code == 409
    assert "已有号源计划" in again.content.decode()
    unknown = manager.post(address, data | {"item_code": "0"})
    assert "请选择正在实施的事项" in unknown.content.decode()
    assert manager.post(address, data | {"group": "0"}).status_code == 404


def test_lists_cost_the_same_however_long(
    manager: Client, place: Place, schedule: Schedule, django_assert_max_num_queries: Any
) -> None:
    for n in range(8):
        make_schedule(
            make_group(place.hall, place.department, code=f"g{n}", prefix="BCDEFGHI"[n]), opened=False
        )
    for page in ("", "city/", "city/board/", "city/groups/"):
        with django_assert_max_num_queries(26):
            assert manager.get(ROOT + page).status_code == 200


def test_a_person_of_the_hall_has_the_place_in_the_navigation(manager: Client) -> None:
    assert f'href="{ROOT}"' in manager.get("/console/").content.decode()
    assert Staff.objects.count()
    assert not Seat.objects.exists()
