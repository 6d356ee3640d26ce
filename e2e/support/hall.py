"""A hall's counters that a journey has to itself, and the hall's machines."""

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from html import unescape
from zoneinfo import ZoneInfo

from playwright.sync_api import BrowserContext, Page

from support.city import City
from support.clerk import Clerk, logged_in

CHINA = ZoneInfo("Asia/Shanghai")
MANAGER = "zw_hall1"
_HALL = "city"
#: days, from, to, minutes, seats
Line = tuple[str, str, str, int, int]


@dataclass(frozen=True)
class Counters:
    """A group of one counter with one plan; codes, letters and items that the demo leaves free."""

    code: str
    name: str
    prefix: str
    department: str
    item: str
    number: str
    lines: tuple[Line, ...]
    terms: dict[str, str] = field(default_factory=dict)


#: Open at every hour of every day, so that no journey depends on when it runs.
ROUND_THE_CLOCK = (
    ("1234567", "00:00", "23:30", 30, 20),
    ("1234567", "23:30", "23:55", 5, 20),
)
#: Two places a day, so that one change hits somebody for certain.
TWO_A_DAY = (("1234567", "09:00", "11:00", 60, 1),)
TEACHER = Counters("teacher", "教师资格", "M", "jy", "990100JY0041000", "A26", TWO_A_DAY)
NOTARY = Counters("notary", "公证服务", "G", "sf", "990100SF0044000", "A31", ROUND_THE_CLOCK)


def opened(city: City, counters: Counters) -> Counters:
    """The hall's manager sets them up in the console; those that are there stay."""
    with logged_in(city, MANAGER) as manager:
        base = f"/appointments/supply/{_HALL}"
        if _row(manager, f"{base}/groups/", counters.name) is None:
            manager.post(f"{base}/groups/new/", **_group(counters))
            group = _row(manager, f"{base}/groups/", counters.name)
            assert group, f"{counters.name} was not made"
            manager.post(f"{base}/counters/", number=counters.number, groups=group)
            _plan(
                manager,
                f"{base}/plans/new/",
                {"group": group, "item_code": counters.item},
                counters,
            )
    return counters


def renewed(city: City, counters: Counters) -> Counters:
    """… and their plan is as it is written here, whatever an earlier journey made of it."""
    opened(city, counters)
    with logged_in(city, MANAGER) as manager:
        page = manager.http.get(f"/appointments/supply/{_HALL}/").text
        rest = page[page.index(f">{counters.name} <span") :]
        found = re.search(r"/supply/\w+/(plans/\w{26}/)\"", rest)
        assert found, f"{counters.name} has no plan"
        _plan(manager, f"/appointments/supply/{_HALL}/{found[1]}", {}, counters)
    return counters


def _row(manager: Clerk, path: str, name: str) -> str | None:
    """The id of what is listed there under ``name``."""
    page = manager.http.get(path).text
    found = re.search(rf'href="[^"]+/(\w+)/">{re.escape(name)}</a>', page)
    return found and found[1]


def _group(counters: Counters) -> dict[str, str]:
    return {
        "code": counters.code,
        "name": counters.name,
        "name_en": counters.code.capitalize(),
        "prefix": counters.prefix,
        "department": counters.department,
        "active": "1",
        "booked_share": "2",
        "walk_in_share": "1",
        "early_minutes": "240",
        "grace_minutes": "15",
        "service_minutes": "10",
        "near_metres": "500",
    }


def _plan(manager: Clerk, path: str, owner: dict[str, str], counters: Counters) -> None:
    """Propose the plan, then confirm what it hits."""
    form: dict[str, str | list[str]] = {
        **owner,
        "valid_from": today().date().isoformat(),
        "horizon_days": "7",
        "release_at": "00:00",
        "lead_minutes": "0",
        "hold_minutes": "5",
        "offer_minutes": "60",
        "makeup_weekday": "1",
        "waitlist": "1",
        **counters.terms,
    }
    for row, (days, starts, ends, minutes, seats) in enumerate(counters.lines):
        form |= {
            f"days-{row}": list(days),
            f"starts-{row}": starts,
            f"ends-{row}": ends,
        }
        form |= {
            f"slot_minutes-{row}": str(minutes),
            f"capacity-{row}": str(seats),
            f"walk_in-{row}": "5",
        }
    asked = manager.post(path, **form)
    digest = re.search(r'name="expected" value="([^"]+)"', asked.text)
    assert digest, "the plan was refused"
    manager.post(path, **form, step="apply", expected=unescape(digest[1]))


def today() -> datetime:
    return datetime.now(CHINA)


def left_of_today() -> timedelta:
    moment = today()
    return (moment + timedelta(days=1)).replace(hour=0, minute=0, second=0) - moment


def machine(context: BrowserContext, city: City, kind: str, name: str) -> Page:
    page = context.new_page()
    pair(page, city, kind, name)
    return page


def pair(page: Page, city: City, kind: str, name: str) -> None:
    """Make ``page`` a machine of the hall, ``kiosk`` or ``screen``: registered by the manager, paired by its code."""
    with logged_in(city, MANAGER) as manager:
        answer = manager.post("/hall-devices/", hall=_HALL, kind=kind, name=name).text
    code = re.search(r'class="pairing-code num">([\d ]+)<', answer)
    assert code, "no pairing code"
    page.goto(f"{city.app}/hall/")
    page.get_by_label("配对码").fill(code[1])
    page.get_by_role("button", name="配对").click()
    page.wait_for_url(f"**/hall/{kind}/")
