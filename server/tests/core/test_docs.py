"""What the pages about the code say is there is there."""

import re
from collections import Counter
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[3]
ADR = REPOSITORY / "docs" / "adr"


def _rooms() -> set[str]:
    """Rooms that more than one domain has."""
    domains = [path for path in (REPOSITORY / "server" / "zhijian").iterdir() if (path / "apps.py").exists()]
    found = Counter(
        path.stem
        for domain in domains
        if domain.name != "core"
        for path in domain.iterdir()
        if not path.name.startswith("__") and (path.is_dir() or path.suffix == ".py")
    )
    return {room for room, count in found.items() if count > 1}


@pytest.mark.parametrize("page", ["architecture.md", "architecture.zh-CN.md"])
def test_the_architecture_names_every_room(page: str) -> None:
    named = set(re.findall(r"`(\w+)`", (REPOSITORY / "docs" / page).read_text()))
    assert _rooms() >= {"actions", "queries", "loading"}
    assert _rooms() - named == set()


def test_every_decision_is_in_the_index_once() -> None:
    listed = re.findall(
        r"^\| \[(\d+)\]\((\d{4}-[\w-]+\.md)\) \| (.+) \|$", (ADR / "README.md").read_text(), re.MULTILINE
    )
    pages = {path.name: path.read_text().partition("\n")[0] for path in ADR.glob("0*.md")}
    assert {name: f"# {number}. {title}" for number, name, title in listed} == pages
    assert len(listed) == len(pages)


@pytest.mark.parametrize("page", sorted(ADR.glob("0*.md")), ids=lambda page: page.name)
def test_a_decision_says_each_thing_once(page: Path) -> None:
    paragraphs = [part for part in page.read_text().split("\n\n") if len(part) > 80]
    plain = [" ".join(part.split()) for part in paragraphs]
    assert len(plain) == len(set(plain))
    assert page.read_text().count("**Decision.**") <= 1


@pytest.mark.parametrize(
    "page", sorted(REPOSITORY.glob("docs/**/*.md")), ids=lambda page: str(page.relative_to(REPOSITORY))
)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text())
    assert [target for target in targets if not (page.parent / target).exists()] == []
