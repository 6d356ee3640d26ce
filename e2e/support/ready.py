"""When a page has come to rest: loaded, and no call of its scripts under way or just answered."""

from playwright.sync_api import Page

#: Counts the page's own calls, from before its first script.
COUNTING = """(() => {
  const calls = window.zjCalls = { open: 0, quiet: 0 }
  const begin = () => { calls.open += 1; calls.quiet = 0 }
  const end = () => { calls.open -= 1; calls.quiet = 0 }
  const send = XMLHttpRequest.prototype.send
  XMLHttpRequest.prototype.send = function (...body) {
    begin()
    this.addEventListener('loadend', end, { once: true })
    try { return send.apply(this, body) } catch (error) { end(); throw error }
  }
  const plain = window.fetch
  window.fetch = (...call) => { begin(); return plain.apply(window, call).finally(end) }
})()"""
#: A tenth of a second is many frames: what an answer brought is drawn, and a call that follows from it has begun.
_AT_REST = """() => {
  const calls = window.zjCalls, now = performance.now()
  if (document.readyState !== 'complete' || calls.open || document.querySelector('.htmx-request')) {
    calls.quiet = 0
    return false
  }
  calls.quiet ||= now
  return now - calls.quiet >= 100
}"""


def ready(page: Page) -> None:
    """Wait until ``page`` is at rest. A page that nobody counted is at rest half a second after its last call."""
    if page.evaluate("'zjCalls' in window"):
        page.wait_for_function(_AT_REST, polling=25)
    else:
        page.wait_for_load_state("networkidle")
