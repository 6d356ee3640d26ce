"""A person's hands on a mini-program: what the visible page offers, by the words a person reads."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

TARGETS = ["mp-weixin", "mp-alipay", "mp-baidu"]
SOON = 20_000  # ms: the platform answers within a second, the machine of a test run may not


@dataclass(frozen=True)
class MiniProgram:
    page: Page
    server: str

    @property
    def screen(self) -> Locator:
        """The page now shown; pages below it in the stack are hidden."""
        return self.page.locator("page:not([hidden])")

    def press(self, name: str) -> None:
        self.screen.get_by_role("button", name=name, exact=True).first.click(timeout=SOON)

    def follow(self, words: str) -> None:
        """A link or row whose title reads so."""
        self.screen.get_by_role("link").filter(has_text=words).first.click(timeout=SOON)

    def tab(self, words: str) -> None:
        self.page.get_by_role("tab", name=words, exact=True).click(timeout=SOON)

    def back(self) -> None:
        self.page.locator("#back").click(timeout=SOON)

    def fill(self, label: str, words: str) -> None:
        self.field(label).fill(words, timeout=SOON)

    def written(self, label: str) -> str:
        """What stands in a field."""
        return self.field(label).input_value(timeout=SOON)

    def field(self, label: str) -> Locator:
        return self.screen.get_by_label(label, exact=True).and_(self.screen.locator("input, textarea"))

    def choose(self, words: str, group: str | None = None) -> None:
        """A radio button or check box, within the question if its words are not unique."""
        area = self.screen.get_by_label(group) if group else self.screen
        option = area.locator("[role=radio], [role=checkbox]").filter(has_text=words).first
        option.click(timeout=SOON)
        expect(option).to_have_attribute("aria-checked", "true")

    def turn_on(self, words: str) -> None:
        switch = self.screen.get_by_role("switch").filter(has_text=words).first
        switch.click(timeout=SOON)
        expect(switch).to_have_attribute("aria-checked", "true")

    def is_led_to(self, words: str, option: str) -> None:
        """Following an error scrolls to what it is about, which is out of sight until then."""
        target = self.screen.locator("[role=radio], [role=checkbox]").filter(has_text=option).first
        expect(target).not_to_be_in_viewport()
        self.follow(words)
        expect(target).to_be_in_viewport(ratio=1, timeout=SOON)

    def pick_day(self, label: str, day: str) -> None:
        self.screen.locator("picker").filter(has=self.page.get_by_label(label)).click(timeout=SOON)
        sheet = self.page.get_by_role("dialog", name="picker")
        sheet.locator("input").fill(day)
        sheet.get_by_role("button", name="确定").click()

    def take_place(self, name: str) -> None:
        """On the vendor's map, which the app has opened; 取消 closes it."""
        sheet = self.page.get_by_role("dialog", name="places")
        sheet.get_by_role("button", name=name, exact=True).click(timeout=SOON)

    def give_file(self, name: str) -> None:
        """Puts a file on the phone: the one that the app's next chooser answers with."""
        self.page.evaluate("file => phone.give([file])", {"name": name, "url": f"/files/{name}"})

    def sees(self, words: str) -> None:
        expect(self.screen.get_by_text(words).first).to_be_visible(timeout=SOON)

    def is_titled(self, words: str) -> None:
        expect(self.page.locator("#title")).to_have_text(words, timeout=SOON)

    def visit(self, path: str) -> None:
        """Starts anew at a page, as a shared link does."""
        self.page.evaluate("path => visit(path)", path)
        expect(self.screen.get_by_role("main")).to_be_visible(timeout=SOON)

    def words(self) -> str:
        return self.page.locator("body").inner_text()


Start = Callable[[str], MiniProgram]
"""Starts the package of a target."""
