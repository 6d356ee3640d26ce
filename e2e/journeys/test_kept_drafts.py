"""What was typed and not sent comes back, and never over what somebody saved meanwhile."""

from playwright.sync_api import Locator, expect
from support.axe import violations
from support.city import City
from support.editor import Editor
from support.officer import Officer

ITEM = "临时救助"
TYPED = "由办公窗口当面核对申请人提交的材料，当场告知结果。"


def summary(officer: Officer) -> Locator:
    return officer.page.locator("#w-editor-form [name='summary']")


def test_a_draft_comes_back_over_what_it_was_typed_on_only(officer: Officer, city: City) -> None:
    """Wagtail's list of who else edits comes and goes as a form of its own; it shifts nobody's words."""
    page = officer.page
    officer.log_in("mz_item1")
    Editor(officer).open(ITEM)
    address, before = page.url, summary(officer).input_value()
    summary(officer).fill(TYPED)
    page.on("dialog", lambda dialog: dialog.accept())
    page.evaluate("document.querySelector('form.w-editing-sessions')?.remove()")
    page.goto(address)
    officer.sees("已恢复您没有提交的内容")
    expect(summary(officer)).to_have_value(TYPED)

    saved = f"{before}（已核对）"
    page.evaluate(  # a colleague saves, of which this tab hears nothing
        """async ([address, words]) => {
            const text = await (await fetch(address)).text()
            const form = new DOMParser().parseFromString(text, 'text/html').querySelector('#w-editor-form')
            const data = new FormData(form)
            data.set('summary', words)
            await fetch(address, {method: 'POST', body: data})
        }""",
        [address, saved],
    )
    page.goto(address)
    expect(summary(officer)).to_have_value(saved)
    officer.sees("这里的内容后来有改动，您没有提交的文字没有填回去，可以从这里复制")
    kept = page.locator("#lost-drafts textarea")
    expect(kept).to_have_value(TYPED)
    assert violations(page) == []
    page.get_by_role("button", name="不需要了，清除").click()
    page.goto(address)
    expect(summary(officer)).to_have_value(saved)
    expect(page.locator("#lost-drafts, .draft-note")).to_have_count(0)


def test_a_form_without_words_keeps_nothing(officer: Officer, city: City) -> None:
    officer.log_in("ga_case1")
    page = officer.page
    page.goto(f"{city.console}/")
    keys = page.evaluate("Object.keys(sessionStorage).filter(key => key.startsWith('zj-draft:'))")
    assert keys == []
