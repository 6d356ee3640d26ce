"""Every page opened by an address that lacks its words or has wrong ones: it says what is there and what to do next."""

import json
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page
from support.applicant import Applicant
from support.citizen import Citizen
from support.city import ROOT, City
from support.ready import ready

_NAMES = [
    "id",
    "code",
    "item",
    "group",
    "by",
    "name",
    "kind",
    "state",
    "view",
    "topic",
    "token",
    "booking",
    "rush",
    "next",
    "q",
]
QUERIES = {
    "none": "",
    "nonsense": "&".join(f"{name}=nonsense" for name in _NAMES),
    "broken": "&".join(f"{name}=%2525" for name in _NAMES),
}
#: The person's own, whatever the address says; nothing is to be done there but to read and go back.
READ = {"pages/booking/standing", "pages/mine/sessions", "pages/mine/access-log", "pages/mine/real-name"}
_SEEN = """() => { const root = [...document.querySelectorAll('.z-root')].filter(one => one.getClientRects().length).at(-1)
  const main = root?.querySelector('[role=main]')
  return { heading: root?.querySelector('[aria-level="1"]')?.innerText ?? '', words: main?.innerText ?? '',
    ways: root?.querySelectorAll('[role=main] :is([role=button], [role=link], [role=radio], input), .z-bar [role=button]').length ?? 0 } }"""


def _pages() -> Iterator[str]:
    plain = re.sub(r"^\s*//.*$", "", (ROOT / "miniapp/src/pages.json").read_text(), flags=re.MULTILINE)
    listed = json.loads(plain)
    yield from (page["path"] for page in listed["pages"])
    for package in listed["subPackages"]:
        yield from (f"{package['root']}/{page['path']}" for page in package["pages"])


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("who", ["visitor", "person"])
def test_no_page_is_blank(app: Page, city: City, applicant: Applicant, who: str, query: str) -> None:
    citizen = Citizen(app, city, applicant.person.phone)
    if who == "person":
        citizen.carry(applicant.token)
    wrong = []
    for path in _pages():
        citizen.load(f"{path}?{QUERIES[query]}")
        ready(citizen.page)
        seen = _seen(citizen.page)
        if not seen["heading"].strip() or len(seen["words"].strip()) < 4:
            wrong.append(f"{path}: blank")
        elif not seen["ways"] and not (who == "person" and path in READ):
            wrong.append(f"{path}: nothing to do about {seen['words'][:60]}")
    assert wrong == []


@pytest.mark.parametrize("kind", ["", "case", "visit", "ticket", "nonsense"])
def test_what_is_unknown_is_not_rated(citizen: Citizen, kind: str) -> None:
    citizen.load(f"pages/case/rate?kind={kind}&id=nonsense")
    citizen.named("回首页").wait_for()
    assert citizen.page.get_by_role("radio").count() == citizen.page.get_by_role("textbox").count() == 0


def _seen(page: Page) -> dict[str, str]:
    found: dict[str, str] = page.evaluate(_SEEN)
    return found
