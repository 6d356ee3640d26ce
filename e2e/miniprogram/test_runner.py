"""The stand-in for the vendors says no where they would: otherwise its silence would mean nothing."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from miniprogram.serving import serving

OWN = "http://server.test"
Shown = Callable[[str, str], tuple[Page, list[str]]]


@pytest.fixture
def shown(vendor_browser: Browser, tmp_path: Path) -> Iterator[Shown]:
    """Shows a WeChat package of one page, by its markup and its methods; with it, what the runner objected to."""
    context = vendor_browser.new_context()
    with serving(tmp_path) as server:

        def shown(wxml: str, methods: str) -> tuple[Page, list[str]]:
            folder = tmp_path / "mp-weixin"
            folder.mkdir()
            config = {"pages": ["page"], "window": {"navigationBarTitleText": "试"}}
            (folder / "app.json").write_text(json.dumps(config))
            (folder / "app.js").write_text("App({})")
            (folder / "page.json").write_text("{}")
            (folder / "page.wxml").write_text(wxml)
            (folder / "page.js").write_text(f"Component({{ data: {{ n: 1 }}, methods: {{ {methods} }} }})")
            page, problems = context.new_page(), []
            page.on("console", lambda message: message.type == "error" and problems.append(message.text))
            page.on("pageerror", lambda error: problems.append(str(error)))
            page.goto(f"http://{server.host}/?target=mp-weixin&from={OWN}&to={OWN}")
            page.wait_for_load_state("networkidle")
            return page, problems

        yield shown
    context.close()


@pytest.mark.parametrize(
    ("wxml", "methods", "objection"),
    [
        ("<carousel/>", "", "<carousel> is no component"),
        ('<view bindpress="go"/>', "", '<view> has no event "press"'),
        ('<view wx:when="{{n}}"/>', "", "no vendor knows wx:when"),
        ("<view>{{n.toFixed(2)}}</view>", "", "no vendor understands the expression"),
        ("<view>{{n = 2}}</view>", "", "no vendor understands the expression"),
        ("<view><text></view>", "", "markup not understood"),
        ('<view wx:else="{{n}}"/>', "", "continues no condition"),
        ("<view/>", "onLoad() { wx.teleport() }", "this vendor has no wx.teleport"),
        ("<view/>", "onLoad() { wx.login() }", "wx.login is not known to the runner"),
        ("<view/>", "onLoad() { document.title = '' }", "Cannot set properties of undefined"),
        ("<view/>", "onLoad() { wx.navigateTo({ url: '/nowhere' }) }", 'page "nowhere" is not found'),
        (
            "<view/>",
            f"onLoad() {{ wx.request({{ url: '{OWN}/x', method: 'PATCH' }}) }}",
            "has no method PATCH",
        ),
        (
            "<view/>",
            "onLoad() { wx.request({ url: 'http://elsewhere.test/' }) }",
            "not on the configured server",
        ),
        ("<view/>", "onLoad() { this.setData({ n: () => 1 }) }", '"n" is a function'),
        ('<view wx:for="{{[1, 1]}}" wx:key="*this"/>', "", "have the same key"),
    ],
)
def test_what_a_vendor_lacks_is_told(shown: Shown, wxml: str, methods: str, objection: str) -> None:
    _, problems = shown(wxml, methods)
    assert any(objection in problem for problem in problems), problems


def test_a_method_that_is_not_there_is_told(shown: Shown) -> None:
    page, problems = shown('<view bindtap="gone">x</view>', "")
    page.get_by_text("x").click()
    assert any('has no method "gone"' in problem for problem in problems), problems


def test_markup_follows_its_data(shown: Shown) -> None:
    wxml = (
        '<view wx:if="{{n > 2}}">many</view><view wx:elif="{{n === 2}}">two</view><view wx:else>one</view>'
        '<view wx:for="{{list}}" wx:for-item="one" wx:key="id" class="row">{{index}}:{{one.id || "none"}}</view>'
        '<view id="add" bindtap="add">add</view>'
    )
    methods = (
        "onLoad() { this.setData({ list: [{ id: 'a' }, { id: 'b' }] }) },"
        "add() { this.setData({ n: 2, 'list[2].id': 'c', 'list[0].id': 'z' }) }"
    )
    page, problems = shown(wxml, methods)
    assert page.locator(".row").all_inner_texts() == ["0:a", "1:b"]
    assert page.get_by_text("one", exact=True).is_visible()
    page.locator("#add").click()
    assert page.locator(".row").all_inner_texts() == ["0:z", "1:b", "2:c"]
    assert page.get_by_text("two", exact=True).is_visible()
    assert problems == []
