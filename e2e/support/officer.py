"""What staff do at the desk, in the words that they see."""

import re
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from support.city import City

PASSWORD = "zhijian-demo"  # the demo's, offered on its log-in page


@dataclass
class Officer:
    """One member of staff; ``page`` shows the console."""

    page: Page
    city: City

    def log_in(self, username: str) -> None:
        """Leaves whoever was logged in."""
        self.page.context.clear_cookies()
        self.page.goto(f"{self.city.console}/login/")
        self.page.get_by_label("用户名").fill(username)
        self.page.get_by_label("密码").fill(PASSWORD)
        self.page.get_by_label("密码").press("Enter")
        self.page.wait_for_url(lambda address: "login" not in address)

    def open_case(self, number: str) -> None:
        self.page.goto(f"{self.city.console}/cases/{number}/")
        expect(self.page.get_by_text(number).first).to_be_visible()

    def press(self, action: str) -> None:
        """An action without questions, such as 认领."""
        self._acts().get_by_role("button", name=action, exact=True).click()
        self._settled()

    def act(self, action: str, *, choose: str = "", **words: str) -> None:
        """Open an action's form, answer it and send it; ``words``: field name → text."""
        form = self.form(action)
        if choose:
            form.get_by_label(choose, exact=True).check()
        for name, text in words.items():
            form.locator(f"[name='{name}']").fill(text)
        self.send(form)

    def form(self, action: str) -> Locator:
        details = self._acts().locator(
            "details", has=self.page.locator("summary", has_text=re.compile(f"^\\s*{action}\\s*$"))
        )
        if details.get_attribute("open") is None:
            details.locator("> summary").click()
        return details.locator("form")

    def send(self, form: Locator) -> None:
        form.locator("button[type=submit]").click()
        self._settled()

    def sees(self, text: str | re.Pattern[str]) -> None:
        expect(self.page.get_by_text(text).first).to_be_visible()

    def state(self) -> str:
        return self.page.locator(".case-head .about").inner_text()

    def _acts(self) -> Locator:
        return self.page.locator("#acts")

    def _settled(self) -> None:
        expect(self.page.locator(".htmx-request")).to_have_count(0)
