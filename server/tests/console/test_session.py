"""How long the console stays open, and what its end costs: no typed word, no way back, and no way out."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from cases.factories import World, make_world, reviewing_case, submitted_case
from django.test import Client

from zhijian.cases.models import Case
from zhijian.organizations.loading import DEMO_PASSWORD
from zhijian.organizations.models import Staff

pytestmark = pytest.mark.django_db
START = "2026-11-02T09:00:00+08:00"
QUEUE = "/console/cases/"
HTMX = {"HX-Request": "true"}
QUIET = {**HTMX, "X-Quiet": "1"}


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(START, tick=False) as moved:
        yield moved


@pytest.fixture
def world(clock: time_machine.Traveller) -> World:
    return make_world()


def log_in(client: Client, staff: Staff, **data: Any) -> Any:
    staff.set_password(DEMO_PASSWORD)
    staff.save()
    return client.post("/console/login/", {"username": staff.username, "password": DEMO_PASSWORD, **data})


def opens(client: Client, **headers: str) -> bool:
    return client.get(QUEUE, headers=headers or None).status_code == 200


def test_it_slides_with_work_and_ends_absolutely(
    world: World, client: Client, clock: time_machine.Traveller
) -> None:
    log_in(client, world.office.officer)
    hours = 0.0
    while opens(client):
        clock.shift(timedelta(minutes=50))
        hours += 50 / 60
        assert hours < 24
    assert 12 <= hours < 13


def test_it_ends_an_hour_after_the_last_act(
    world: World, client: Client, clock: time_machine.Traveller
) -> None:
    log_in(client, world.office.officer)
    clock.shift(timedelta(minutes=59))
    assert opens(client)
    clock.shift(timedelta(minutes=61))
    assert not opens(client)


@pytest.mark.parametrize("path", [QUEUE, "/console/session/"])
def test_what_a_page_asks_by_itself_keeps_nobody_logged_in(
    world: World, client: Client, clock: time_machine.Traveller, path: str
) -> None:
    log_in(client, world.office.officer)
    for _ in range(7):
        clock.shift(timedelta(minutes=10))
        client.get(path, headers=QUIET)
    assert not opens(client)


def test_whoever_types_long_without_sending_gives_a_sign_of_life(
    world: World, client: Client, clock: time_machine.Traveller
) -> None:
    log_in(client, world.office.officer)
    for _ in range(10):
        clock.shift(timedelta(minutes=30))
        answer = client.post("/console/session/")
        assert answer.status_code == 200
    told = client.get("/console/session/").json()
    assert told == {
        "person": world.office.officer.public_id, "left": 3600, "at_most": 7 * 3600, "idle": 3600
    }  # fmt: skip
    clock.shift(timedelta(minutes=61))
    assert client.get("/console/session/").status_code == 401
    assert client.post("/console/session/").status_code == 401


def test_logging_in_again_begins_anew(world: World, client: Client, clock: time_machine.Traveller) -> None:
    log_in(client, world.office.officer)
    for _ in range(13):
        clock.shift(timedelta(minutes=50))
        opens(client)
    log_in(client, world.office.officer)
    assert client.get("/console/session/").json()["at_most"] == 12 * 3600


def test_a_part_asked_after_the_end_leaves_the_page_and_leads_back_to_it(
    world: World, client: Client, clock: time_machine.Traveller
) -> None:
    case = reviewing_case(world)
    log_in(client, world.office.officer)
    clock.shift(timedelta(hours=2))
    page = f"/console/cases/{case.number}/"
    answer = client.post(
        f"{page}actions/pass_review/",
        {"outcome": "approve", "opinion": "符合条件"},
        headers={**HTMX, "HX-Current-URL": f"http://testserver{page}"},
    )
    assert answer.status_code == 401
    assert answer["HX-Retarget"] == "#notices"
    text = answer.content.decode()
    assert "登录已到期，这次没有提交" in text
    assert f'href="/console/login/?next=%2Fconsole%2Fcases%2F{case.number}%2F"' in text
    assert Case.objects.get().state == "reviewing"
    assert log_in(client, world.office.officer, next=page)["Location"] == page


def test_a_whole_form_sent_after_the_end_comes_back_to_its_page(
    world: World, client: Client, clock: time_machine.Traveller
) -> None:
    case = submitted_case(world)
    log_in(client, world.office.window)
    clock.shift(timedelta(hours=2))
    page = f"/console/cases/{case.number}/"
    sent = client.post(
        f"{page}actions/accept/", {"note": ""}, headers={"Referer": f"http://testserver{page}"}
    )
    assert sent["Location"] == f"/console/login/?next=/console/cases/{case.number}/"


@pytest.mark.parametrize(
    "said",
    [
        "https://elsewhere.example/console/cases/",
        "//elsewhere.example/console/",
        "http://testserver.elsewhere.example/console/",
        "javascript:alert(1)//console/",
        "http://testserver/api/v1/me",
        "http://testserver/console/login/?next=/console/",
        "http://testserver//elsewhere.example/console/",
        "/\\elsewhere.example/console/",
        "",
    ],
)
@pytest.mark.parametrize("header", ["HX-Current-URL", "Referer"])
def test_the_way_back_never_leads_out(world: World, client: Client, said: str, header: str) -> None:
    part = HTMX if header == "HX-Current-URL" else {}
    answer = client.post(QUEUE + "bulk/", {"do": "claim"}, headers={**part, header: said})
    told = answer.content.decode() + answer.get("Location", "")
    assert "elsewhere.example" not in told
    assert "javascript:" not in told
    assert "next=%2Fconsole%2F&quot;" in told.replace('"', "&quot;") or told.endswith("next=/console/")


@pytest.mark.parametrize(
    "wanted", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)"]
)
def test_log_in_leads_nowhere_else(world: World, client: Client, wanted: str) -> None:
    assert log_in(client, world.office.officer, next=wanted)["Location"].startswith("/console/")


@pytest.mark.parametrize("logged_in", [True, False])
def test_a_lost_token_costs_no_page(world: World, logged_in: bool) -> None:
    case = submitted_case(world)
    client = Client(enforce_csrf_checks=True)
    if logged_in:
        client.force_login(world.office.window)
    page = f"/console/cases/{case.number}/"
    headers = {**HTMX, "HX-Current-URL": f"http://testserver{page}"}
    part = client.post(f"{page}actions/accept/", {"note": "x"}, headers=headers)
    assert part.status_code == 403
    assert part["HX-Retarget"] == "#notices"
    whole = client.post(
        f"{page}actions/accept/", {"note": "x"}, headers={"Referer": f"http://testserver{page}"}
    )
    assert whole.status_code == 403
    for answer in (part, whole):
        text = answer.content.decode()
        assert "您填写的内容" in text
        assert (f'href="{page}"' in text) == logged_in
        assert (f'next=%2Fconsole%2Fcases%2F{case.number}%2F"' in text) == (not logged_in)
    assert Case.objects.get().state == "submitted"


def test_every_own_page_says_whose_it_is_and_how_long_it_lasts(world: World, client: Client) -> None:
    client.force_login(world.office.officer)
    text = client.get(QUEUE).content.decode()
    assert f'data-person="{world.office.officer.public_id}"' in text
    assert 'data-left="3600"' in text
    assert "drafts.js" in text
