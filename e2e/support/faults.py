"""What is wrong with the page of a journey, as a person with the phone in that mode would find it (STANDARDS §4)."""

from playwright.sync_api import Page

from support.axe import overflows, violations
from support.measure import small_targets, small_texts
from support.ready import ready

#: Mode → least side of a touch target and least size of text, in CSS pixels.
LEAST = {"normal": (44, 15), "elder": (60, 21), "english": (44, 15)}
#: Colours on their way from one state to the next are nobody's fault.
_STILL = """() => Promise.all(document.getAnimations()
    .filter(one => one.effect.getComputedTiming().endTime !== Infinity)
    .map(one => one.finished.catch(() => null))).then(() => null)"""


def page_faults(page: Page) -> list[str]:
    """What is wrong whatever the size of fingers and letters; all there is of a console page."""
    ready(page)
    page.evaluate(_STILL)
    return violations(page) + (["wider than the screen"] if overflows(page) else [])


def size_faults(page: Page, mode: str) -> list[str]:
    target, text = LEAST[mode]
    found = [f"target {one}" for one in small_targets(page, target)]
    return found + [f"text {one}" for one in small_texts(page, text)]


def faults(page: Page, mode: str = "normal") -> list[str]:
    return page_faults(page) + size_faults(page, mode)
