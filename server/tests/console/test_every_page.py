"""Every page of the console against every post: who may open it, and that it speaks Chinese to the last word."""

import re
from dataclasses import dataclass

import pytest
from cases.factories import World, make_world, submitted_case
from console.reading import visible
from django.test import Client
from organizations.factories import StaffFactory

from zhijian.cases.models import Case
from zhijian.core.console import registry
from zhijian.organizations.models import PostHolding, Staff
from zhijian.organizations.rules import Post

pytestmark = pytest.mark.django_db

HANDLING = {Post.WINDOW_OFFICER, Post.CASE_OFFICER, Post.APPROVER}
WRITING = {Post.EDITOR, Post.REVIEWER}
PAGES: dict[str, set[Post]] = {
    "/console/": set(Post),
    "/console/account/": set(Post),
    "/console/cases/": HANDLING,
    "/console/cases/?desk=mine": HANDLING,
    "/console/cases/{number}/": HANDLING,
    "/console/supervision/": {Post.SUPERVISOR},
    "/console/content/review/": WRITING,
    "/console/content/media/": WRITING,
    "/console/content/health/": WRITING | {Post.OPERATOR},
    "/console/content/statistics/": WRITING | {Post.OPERATOR},
    "/console/content/words/": WRITING | {Post.OPERATOR},
    "/console/calendar/": {Post.SYSTEM_ADMIN},
    "/console/calendar/2027/": {Post.SYSTEM_ADMIN},
    "/console/audit/": {Post.AUDIT_ADMIN},
    "/console/audit/chain/": {Post.AUDIT_ADMIN},
}
#: Latin words that a Chinese officer reads every day; codes and user names are marked as English in the page.
ALLOWED = {"XLSX", "JSON", "PDF"}
_LATIN = re.compile(r"[A-Za-z]{3,}")


@dataclass
class Hall:
    world: World
    case: Case


@pytest.fixture
def hall() -> Hall:
    world = make_world()
    return Hall(world, submitted_case(world))


def _person(hall: Hall, post: Post) -> Staff:
    staff: Staff = StaffFactory(department=hall.world.office.department, name="试验员", posts=[post])
    return staff


def _strange(page: str) -> list[str]:
    return sorted({word for word in _LATIN.findall(visible(page)) if word not in ALLOWED})


@pytest.mark.parametrize("post", list(Post))
def test_who_may_open_what(client: Client, hall: Hall, post: Post) -> None:
    client.force_login(_person(hall, post))
    opened = {}
    for page in PAGES:
        answer = client.get(page.format(number=hall.case.number))
        opened[page] = answer.status_code
        assert _strange(answer.content.decode()) == [], page
    assert opened == {page: 200 if post in posts else 403 for page, posts in PAGES.items()}


@pytest.mark.parametrize("post", list(Post))
def test_every_place_of_the_navigation_opens_in_chinese(client: Client, hall: Hall, post: Post) -> None:
    staff = _person(hall, post)
    client.force_login(staff)
    rail = client.get("/console/").content.decode().split('<ul class="zj-nav">')[1].split("</ul>")[0]
    for address in re.findall(r'<a href="([^"]+)"', rail):
        answer = client.get(address)
        assert answer.status_code == 200, address
        if "/items" not in address:  # the editor's own words are tested with the catalogue
            assert _strange(answer.content.decode()) == [], address


def test_without_a_post_nothing_opens(client: Client, hall: Hall) -> None:
    staff = _person(hall, Post.EDITOR)
    PostHolding.objects.filter(staff=staff).delete()
    client.force_login(staff)
    for page in PAGES:
        assert client.get(page.format(number=hall.case.number)).status_code == 403


def test_who_is_not_logged_in_is_sent_to_log_in(client: Client, hall: Hall) -> None:
    for page in PAGES:
        answer = client.get(page.format(number=hall.case.number))
        assert answer["Location"].startswith("/console/login/?next=")


@pytest.mark.parametrize(
    "page", ["/console/login/", "/console/nothing/", "/console/pages/", "/console/cases/YZ1/"]
)
def test_doors_and_dead_ends_are_chinese(client: Client, hall: Hall, page: str) -> None:
    if "login" not in page:
        client.force_login(hall.world.office.window)
    assert _strange(client.get(page).content.decode()) == []


def test_every_icon_that_a_template_or_a_place_names_is_drawn() -> None:
    from pathlib import Path

    server = Path(__file__).resolve().parents[2]
    drawn = set(re.findall(r'<symbol id="([a-z0-9-]+)"', (server / "static/console/icons.svg").read_text()))
    named = {place.icon for place in registry.places.values()}
    for template in (server / "templates").rglob("*.html"):
        named |= set(re.findall(r'{% glyph "([a-z0-9-]+)"', template.read_text()))
    assert named <= drawn
