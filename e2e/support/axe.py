"""Accessibility of the page as it is now, by axe-core."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

_PACKAGES = Path(__file__).resolve().parents[2] / "miniapp/node_modules"
_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_RUN = "async tags => (await axe.run(document, {runOnly: {type: 'tag', values: tags}})).violations"


def script_of_app(path: str) -> str:
    """A script of the app's development packages, for running inside a page."""
    return (_PACKAGES / path).read_text() + "; undefined"


def violations(page: Page) -> list[str]:
    """One line for each violating node: rule, element, what is wrong."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(script_of_app("axe-core/axe.min.js"))
    found: list[dict[str, Any]] = page.evaluate(_RUN, _TAGS)
    return [
        f"{violation['id']}: {' '.join(node['target'])} — {violation['help']} — {node['html'][:160]}"
        for violation in found
        for node in violation["nodes"]
    ]


def overflows(page: Page) -> bool:
    """Must the page be scrolled sideways?"""
    return bool(
        page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth + 1")
    )
