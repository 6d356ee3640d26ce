"""Every address of the app that is written anywhere (messages, papers, posters, campaigns, pages, the demo, the journeys)
leads to a page that exists and reads what the address gives it. Such addresses are printed on paper: a wrong one stays wrong."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
APP = ROOT / "miniapp" / "src"
WRITERS = [
    ("server/zhijian", {".py", ".html", ".typ", ".txt", ".json"}),
    ("demo", {".json", ".py", ".md", ".csv"}),
    ("sandbox", {".py", ".html"}),
    ("e2e", {".py"}),
    ("bench", {".py"}),
    ("docs", {".md"}),
]
_ADDRESS = re.compile(r"(?:#/|[\"'`(/])(pages/[a-z-]+/[a-z-]+)((?:\?[^\s\"'`)]*)?)")
_PARAMETER = re.compile(r"[?&]([a-z_]+)=")


def pages() -> dict[str, Path]:
    """Each page of the app with its file."""
    listed = json.loads(re.sub(r"^\s*//.*$", "", (APP / "pages.json").read_text(), flags=re.M))
    paths = [page["path"] for page in listed["pages"]]
    paths += [
        f"{package['root']}/{page['path']}" for package in listed["subPackages"] for page in package["pages"]
    ]
    return {path: APP / f"{path}.vue" for path in paths}


def written() -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """(where, page, parameters) of each address."""
    for folder, suffixes in WRITERS:
        for file in sorted((ROOT / folder).rglob("*")):
            if file.suffix not in suffixes or file == Path(__file__) or "node_modules" in file.parts:
                continue
            for page, query in _ADDRESS.findall(file.read_text(errors="ignore")):
                yield str(file.relative_to(ROOT)), page, tuple(_PARAMETER.findall(query))


ADDRESSES = sorted(set(written()))


def test_the_known_writers_are_found() -> None:
    """An empty search would agree with anything."""
    where = {file for file, _, _ in ADDRESSES}
    assert {
        "server/zhijian/cases/presenting/papers.py",
        "server/zhijian/messaging/subscriptions/cases.py",
        "server/zhijian/messaging/subscriptions/appointments.py",
        "server/zhijian/licences/rules.py",
        "server/zhijian/ratings/console/counter.py",
        "demo/messages.json",
    } <= where


@pytest.mark.parametrize(("where", "page", "parameters"), ADDRESSES)
def test_an_address_leads_to_a_page_that_reads_it(where: str, page: str, parameters: tuple[str, ...]) -> None:
    known = pages()
    if page == "pages/no-such/page":  # what the journeys open to see what is said of it
        return
    if page in moved():
        page = moved()[page]
    assert page in known, f"{where}: the app has no page {page}"
    source = known[page].read_text()
    unread = [name for name in parameters if not re.search(rf"\b(?:query|given|value)\??\.{name}\b", source)]
    assert not unread, f"{where}: {page} does not read {unread}"


def moved() -> dict[str, str]:
    """Addresses of yesterday, which stand on papers already printed, and where they lead now."""
    source = (APP / "platform" / "address.ts").read_text()
    return dict(re.findall(r"'(pages/[\w/-]+)': '/(pages/[\w/-]+)'", source))


def test_moved_addresses_lead_to_pages() -> None:
    assert moved()["pages/case/index"] == "pages/case/detail"
    assert set(moved().values()) <= set(pages())
    assert not set(moved()) & set(pages())
