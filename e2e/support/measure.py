"""Sizes that STANDARDS for accessibility name, measured on the page as it is shown."""

from typing import Any

from playwright.sync_api import Page

_TARGETS = """least => [...document.querySelectorAll(
    'a[href], button, [role=button], [role=link], [role=radio], [role=checkbox], [role=switch], [role=tab],' +
    ' input:not([type=hidden]), textarea, select, uni-button')]
  .filter(one => { const box = one.getBoundingClientRect(); const style = getComputedStyle(one)
    return box.width > 1 && box.height > 1 && style.visibility !== 'hidden' && style.opacity !== '0'
      && !one.closest('[aria-hidden=true]') && !one.closest('[role=button] *, uni-button *, uni-input *, uni-textarea *') })
  .map(one => ({ box: (one.matches('[type=checkbox], [type=radio]') && one.closest('label') || one).getBoundingClientRect(), words: (one.getAttribute('aria-label') || one.innerText || one.tagName).slice(0, 40) }))
  .filter(({ box }) => box.height < least - 0.5 || box.width < least - 0.5)
  .map(({ box, words }) => `${words.trim()} ${Math.round(box.width)}×${Math.round(box.height)}`)"""

_TEXTS = """least => { const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), small = new Set()
  for (let node; node = walker.nextNode();) {
    const words = node.textContent.trim(), one = node.parentElement
    if (!words || !one || !one.getClientRects().length || ['SCRIPT', 'STYLE', 'NOSCRIPT'].includes(one.tagName)) continue
    if (one.getBoundingClientRect().width <= 1) continue
    const style = getComputedStyle(one), size = parseFloat(style.fontSize), line = parseFloat(style.lineHeight)
    if (size < least - 0.1) small.add(`${size}px: ${words.slice(0, 30)}`)
    if (line && line / size < 1.29) small.add(`line ${(line / size).toFixed(2)}: ${words.slice(0, 30)}`)
  }
  return [...small] }"""


def small_targets(page: Page, least: int) -> list[str]:
    """Touch targets narrower or lower than ``least`` CSS pixels, as ``words width×height``."""
    return _list(page.evaluate(_TARGETS, least))


def small_texts(page: Page, least: int) -> list[str]:
    """Texts smaller than ``least`` pixels, and those set closer than 1.3 lines."""
    return _list(page.evaluate(_TEXTS, least))


def _list(found: Any) -> list[str]:
    return [str(one) for one in found]
