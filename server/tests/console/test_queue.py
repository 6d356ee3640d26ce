"""The officer's queue over HTTP: order, filters, claim and hand over, fragments, queries."""

from collections.abc import Callable
from typing import Any

import pytest
from cases.factories import World, make_world, reviewing_case, submitted_case
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from zhijian.cases.models import Case
from zhijian.organizations.models import Staff

pytestmark = pytest.mark.django_db
QUEUE = "/console/cases/"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def as_staff(client: Client) -> Callable[[Staff], Client]:
    def login(staff: Staff) -> Client:
        client.force_login(staff)
        return client

    return login


def _page(client: Client, query: str = "", **headers: Any) -> str:
    return client.get(QUEUE + query, headers=headers or None).content.decode()


def test_shows_number_item_masked_applicant_and_time_left(
    world: World, as_staff: Callable[[Staff], Client]
) -> None:
    case = submitted_case(world)
    page = _page(as_staff(world.office.window))
    assert case.number in page
    assert case.item_name in page
    assert world.citizen.masked_name in page
    assert world.citizen.name not in page
    assert "个工作日" in page
    assert "待认领" in page


def test_claim_takes_the_case_and_tells(world: World, as_staff: Callable[[Staff], Client]) -> None:
    case = submitted_case(world)
    client = as_staff(world.office.window)
    answer = client.post(QUEUE + "bulk/", {"claim": case.number, "next": QUEUE}, headers=HTMX)
    page = answer.content.decode()
    assert f"已认领 {case.number}" in page
    assert "<strong>我</strong>" in page
    assert "<html" not in page
    case.refresh_from_db()
    assert case.assignee == world.office.window


def test_without_scripts_claiming_leads_back_to_the_same_list(
    world: World, as_staff: Callable[[Staff], Client]
) -> None:
    case = submitted_case(world)
    back = QUEUE + "?desk=unclaimed"
    answer = as_staff(world.office.window).post(QUEUE + "bulk/", {"claim": case.number, "next": back})
    assert answer.status_code == 302
    assert answer["Location"] == back


@pytest.mark.parametrize(
    "wanted", ["https://elsewhere.example/", "//elsewhere.example", "/console/account/", ""]
)
def test_nobody_is_led_elsewhere(world: World, as_staff: Callable[[Staff], Client], wanted: str) -> None:
    answer = as_staff(world.office.window).post(QUEUE + "bulk/", {"do": "claim", "next": wanted})
    assert answer["Location"] == QUEUE


def test_several_are_claimed_and_the_refused_one_is_named(
    world: World, as_staff: Callable[[Staff], Client]
) -> None:
    first, second = submitted_case(world), submitted_case(world)
    Case.objects.filter(pk=second.pk).update(assignee=world.office.officer)
    client = as_staff(world.office.window)
    page = client.post(
        QUEUE + "bulk/", {"do": "claim", "number": [first.number, second.number], "next": QUEUE}, headers=HTMX
    ).content.decode()
    assert f"已认领 {first.number}" in page
    assert f"1 件没有认领。{second.number}：这个办件已由其他人员办理" in page


def test_several_are_handed_over_with_a_reason(world: World, as_staff: Callable[[Staff], Client]) -> None:
    cases = [submitted_case(world), submitted_case(world)]
    data = {"do": "transfer", "number": [case.number for case in cases], "next": QUEUE}
    client = as_staff(world.office.window)
    to = {"receiver": world.office.officer.public_id}
    refused = client.post(QUEUE + "bulk/", data | to, headers=HTMX).content.decode()
    assert "请填写转办的理由" in refused
    client.post(QUEUE + "bulk/", data | to | {"reason": "调整分工"}, headers=HTMX)
    assert set(Case.objects.values_list("assignee", flat=True)) == {world.office.officer.pk}


def test_a_stranger_as_receiver_is_refused_in_words(
    world: World, as_staff: Callable[[Staff], Client]
) -> None:
    case = submitted_case(world)
    answer = as_staff(world.office.window).post(
        QUEUE + "bulk/", {"do": "transfer", "number": case.number, "receiver": "nobody"}, headers=HTMX
    )
    assert answer.status_code == 422
    assert "对方不能办理这个办件" in answer.content.decode()


def test_a_foreign_number_does_nothing(world: World, as_staff: Callable[[Staff], Client]) -> None:
    page = as_staff(world.office.window).post(
        QUEUE + "bulk/", {"do": "claim", "number": "YZ20260101000000001A"}, headers=HTMX
    )
    assert "不在您的办理范围内" in page.content.decode()


def test_chips_filter_and_are_marked(world: World, as_staff: Callable[[Staff], Client]) -> None:
    taken, free = submitted_case(world), submitted_case(world)
    Case.objects.filter(pk=taken.pk).update(assignee=world.office.window)
    client = as_staff(world.office.window)
    mine = _page(client, "?desk=mine")
    assert taken.number in mine
    assert free.number not in mine
    assert (
        'href="/console/cases/?desk=mine" hx-get="/console/cases/?desk=mine" hx-target="#desk" hx-push-url="true" aria-current="true"'
        in mine
    )


def test_search_by_number_opens_the_case(world: World, as_staff: Callable[[Staff], Client]) -> None:
    case = reviewing_case(world)
    assert case.number
    client = as_staff(world.office.window)
    answer = client.get(QUEUE, {"q": f" {case.number.lower()} "})
    assert answer["Location"] == f"{QUEUE}{case.number}/"
    assert case.number in _page(client, f"?q={case.number[:10]}")


def test_search_by_item_name_and_the_empty_answer(world: World, as_staff: Callable[[Staff], Client]) -> None:
    case = submitted_case(world)
    client = as_staff(world.office.window)
    assert case.number in _page(client, f"?q={case.item_name[:3]}")
    assert "没有找到“不存在的事项”" in _page(client, "?q=不存在的事项")


def test_a_bad_cursor_is_explained(world: World, as_staff: Callable[[Staff], Client]) -> None:
    answer = as_staff(world.office.window).get(QUEUE + "?cursor=!!")
    assert answer.status_code == 422
    assert "翻页位置无效" in answer.content.decode()


def test_pages_follow_each_other(
    world: World, as_staff: Callable[[Staff], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("zhijian.cases.console.queue.SIZE", 1)
    first, second = submitted_case(world), submitted_case(world)
    client = as_staff(world.office.window)
    page = _page(client, "", **HTMX)
    assert first.number in page
    assert second.number not in page
    link = page.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0]
    assert second.number in client.get(link.replace("&amp;", "&")).content.decode()


@pytest.mark.parametrize("count", [1, 6])
def test_at_most_twelve_queries_whatever_the_length(
    world: World,
    as_staff: Callable[[Staff], Client],
    count: int,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for _ in range(count):
        submitted_case(world)
    client = as_staff(world.office.window)
    with django_assert_max_num_queries(12):
        _page(client)
