"""What item managers and reviewers do in the console."""

import re
from dataclasses import dataclass

from playwright.sync_api import expect

from support.officer import Officer


@dataclass
class Editor:
    """``desk`` is whoever is logged in; an item is called by its name."""

    desk: Officer

    def open(self, item: str) -> None:
        page = self.desk.page
        page.goto(f"{self.desk.city.console}/items/?q={item}")
        page.get_by_role("link", name=item, exact=True).first.click()
        expect(page.get_by_role("tablist").first).to_be_visible()

    def promise(self, item: str, days: int) -> None:
        """Edit the promised limit and hand the draft in for review."""
        page = self.desk.page
        self.open(item)
        page.get_by_role("tab", name="办理").click()
        page.get_by_label("承诺办结时限（数值）").fill(str(days))
        self.hand_in()

    def hand_in(self) -> None:
        page = self.desk.page
        page.get_by_role("button", name="更多动作").click()
        page.get_by_role("button", name=re.compile("提交")).click()
        expect(page.get_by_text(re.compile("已提交|提交.*审核")).first).to_be_visible()

    def approve(self, username: str, item: str) -> str:
        """As the reviewer ``username``; what the review page said had changed."""
        page = self.desk.page
        self.desk.log_in(username)
        page.goto(f"{self.desk.city.console}/items/review/")
        page.get_by_role("link", name=item, exact=True).click()
        changes = page.get_by_role("region", name="修改内容")
        said = changes.inner_text() if changes.count() else ""
        page.get_by_role("button", name="审核通过").click()
        self.desk.sees(re.compile(f"已通过“{item}”"))
        return said

    def withdraw(self, item: str, reason: str) -> None:
        page = self.desk.page
        self.open(item)
        page.get_by_role("button", name="更多动作").click()
        page.get_by_role("link", name="停用").click()
        page.get_by_label(re.compile("停用原因")).fill(reason)
        page.get_by_role("button", name="停用").click()
        self.desk.sees(re.compile(f"已停用“{item}”"))
