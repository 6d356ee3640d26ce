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

#: In the largest type: words over the edge of the screen or of what clips them, words of a few letters a line,
#: fields that do not show all of their value.
_CUT = """() => { const root = [...document.querySelectorAll('.z-root')].filter(one => one.getClientRects().length).at(-1)
  const width = document.documentElement.clientWidth, found = new Set(), blocks = new Map()
  if (!root) return ['no page']
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
  for (let node; node = walker.nextNode();) {
    const words = node.textContent.trim(), one = node.parentElement
    if (!words || !one.getClientRects().length || one.closest('.z-unseen, .leaflet-container')) continue
    const range = document.createRange()
    range.selectNodeContents(node)
    const boxes = [...range.getClientRects()].filter(box => box.width > 0), size = parseFloat(getComputedStyle(one).fontSize)
    const over = (box, left, right) => box.left < left - 1 || box.right > right + 1
    let outer = one, moved = false
    for (; outer !== root; outer = outer.parentElement) {
      const style = getComputedStyle(outer), frame = outer.getBoundingClientRect()
      if (style.overflowX === 'auto') { moved = true; break }
      if (style.overflowX === 'hidden' && boxes.some(box => over(box, frame.left, frame.right))) found.add(`cut: ${words.slice(0, 30)}`)
    }
    if (!moved && boxes.some(box => over(box, 0, width))) found.add(`over the edge: ${words.slice(0, 30)}`)
    let block = one
    while (getComputedStyle(block).display === 'inline') block = block.parentElement
    const lines = blocks.get(block) || blocks.set(block, new Map()).get(block)
    for (const box of boxes) {
      const at = Math.round(box.top / 8), line = lines.get(at) || { left: box.left, right: box.right, size }
      lines.set(at, { size, left: Math.min(line.left, box.left), right: Math.max(line.right, box.right) })
    }
  }
  for (const [block, lines] of blocks) {
    const widths = [...lines.values()].map(line => (line.right - line.left) / line.size)
    if (widths.length > 1 && Math.max(...widths) < 3.1) found.add(`squeezed: ${block.textContent.trim().slice(0, 30)}`)
  }
  for (const one of root.querySelectorAll('input, .uni-input-placeholder'))
    if (one.getClientRects().length && one.scrollWidth > one.clientWidth + 1) found.add(`field too short: ${one.value || one.textContent}`)
  return [...found] }"""
_LARGEST = "() => document.querySelectorAll('.z-root').forEach(one => one.classList.add('z-scale-huge'))"


def cut_words(page: Page, *, largest: bool) -> list[str]:
    """Words that cannot be read on the page as wide as it is now, in the ``largest`` type or in the page's own."""
    if largest:
        page.evaluate(_LARGEST)
    return _list(page.evaluate(_CUT))


def small_targets(page: Page, least: int) -> list[str]:
    """Touch targets narrower or lower than ``least`` CSS pixels, as ``words width×height``."""
    return _list(page.evaluate(_TARGETS, least))


def small_texts(page: Page, least: int) -> list[str]:
    """Texts smaller than ``least`` pixels, and those set closer than 1.3 lines."""
    return _list(page.evaluate(_TEXTS, least))


def _list(found: Any) -> list[str]:
    return [str(one) for one in found]


_CROWDED = """table => { const said = []
  const words = one => one.innerText.trim().slice(0, 20)
  for (const found of document.querySelectorAll(table)) {
    const card = (found.closest('.queue-card, .card') ?? found).getBoundingClientRect()
    const em = parseFloat(getComputedStyle(found).fontSize)
    for (const row of found.rows) {
      const cells = [...row.cells].filter(one => one.getClientRects().length)
      for (const cell of cells) {
        const box = cell.getBoundingClientRect(), style = getComputedStyle(cell)
        if (cell.matches('.title') && box.width < 12 * em) said.push(`narrow ${Math.round(box.width)}: ${words(cell)}`)
        if (box.left < card.left - 1 || box.right > card.right + 1) said.push(`outside: ${words(cell)}`)
        const range = document.createRange(); range.selectNodeContents(cell)
        const ink = range.getBoundingClientRect()
        if (style.overflow === 'visible' && !cell.querySelector('.zj-hidden') && ink.right > box.right + 1) said.push(`overlaps: ${words(cell)}`)
        if (style.overflow !== 'visible' && !cell.matches('.title') && cell.scrollWidth > cell.clientWidth + 1) said.push(`cut: ${words(cell)}`)
      }
    }
  }
  return said }"""


def crowded(page: Page, table: str) -> list[str]:
    """Cells of the tables ``table`` that stand outside their card, print over the next, are cut off, or, where they
    say what a row is about (``.title``), have room for fewer than twelve characters."""
    return _list(page.evaluate(_CROWDED, table))
