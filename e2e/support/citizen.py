"""What a citizen does on the phone, in the words that they see."""

import re
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import httpx
from playwright.sync_api import Locator, Page, expect

from support.city import City
from support.inside import until
from support.ready import ready

Name = str | re.Pattern[str]
_loads = count(1)
_NUMBER = re.compile(r"YZ\w{12,}")


@dataclass
class Citizen:
    """``page`` shows the app; ``phone`` is one of the demo's invented numbers."""

    page: Page
    city: City
    phone: str
    token: str = ""

    def open(self, path: str = "") -> None:
        self.page.goto(f"{self.city.app}/#/{path}")

    def load(self, path: str = "") -> None:
        """As when the link is opened for the first time: only a new hash is no new page for a browser."""
        self.page.goto(f"{self.city.app}/?{next(_loads)}#/{path}")

    def tap(self, name: Name, *, role: str = "button", exact: bool = False) -> None:
        self.named(name, role=role, exact=exact).first.click()

    def named(self, name: Name, *, role: str = "button", exact: bool = False) -> Locator:
        return self.page.get_by_role(role, name=name, exact=exact)  # type: ignore[arg-type]

    def fill(self, label: Name, text: str) -> None:
        self.page.get_by_role("textbox", name=label).first.fill(text)

    def sees(self, text: Name, *, seconds: float = 15) -> None:
        expect(self.page.get_by_text(text).first).to_be_visible(timeout=seconds * 1000)

    def gone(self, text: Name, *, seconds: float = 15) -> None:
        expect(self.page.get_by_text(text)).to_have_count(0, timeout=seconds * 1000)

    def log_in(self) -> None:
        """On the log-in page: ask for a code, read it from the sandbox's messages, type it."""
        self.page.get_by_label("手机号", exact=True).fill(self.phone)
        self.ask_for_code()
        self.page.get_by_label("验证码", exact=True).fill(self.code())
        with self.page.expect_response(re.compile("/api/v1/sessions")) as answer:
            self.tap("登录", exact=True)
        self.token = answer.value.json()["token"]

    def ask_for_code(self) -> None:
        """Again as often as it takes: another journey may have asked for this phone within the minute."""

        def sent() -> bool:
            with self.page.expect_response(re.compile("/api/v1/login-codes")) as answer:
                self.tap("获取验证码")
            return answer.value.ok

        until(sent, seconds=75, every=5)

    def carry(self, token: str) -> None:
        """The phone of somebody who logged in before."""
        self.token = token
        self.page.goto(f"{self.city.app}/healthz")  # any page of this origin
        self.page.evaluate("token => localStorage.setItem('zj:token', JSON.stringify(token))", token)
        self.load()
        self.page.get_by_role("main").wait_for()

    def code(self) -> str:
        """The newest code sent to this phone."""
        messages = httpx.get(f"{self.city.sandbox}/messages", params={"phone": self.phone}).json()
        return str(next(m["params"]["code"] for m in messages if "code" in m["params"]))

    def message(self, title: Name, *, seconds: float = 20) -> Locator:
        """Open the newest message of this title, once it has come; what it says."""
        self.open("pages/mine/messages")
        row = self.page.get_by_role("link", name=title).first
        until(lambda: self._comes(row), seconds=seconds, every=0.5)
        row.click()
        expect(self.page.get_by_role("heading", name=title, level=1)).to_be_visible()
        return self.page.get_by_role("main")

    def _comes(self, row: Locator) -> bool:
        self.page.reload()
        self.page.get_by_role("main").wait_for()
        ready(self.page)
        return row.is_visible()

    # the wizard

    def step(self, title: str) -> None:
        """The wizard shows this topic."""
        expect(self.page.get_by_role("heading", name=title, level=1)).to_be_visible(timeout=15_000)

    def next(self, title: str) -> None:
        self.tap("下一步")
        self.step(title)

    def upload(self, material: str, file: Path) -> None:
        button = self.named(re.compile(f"{material}.*选择文件")).first
        with self.page.expect_file_chooser() as chosen:
            button.click()
        with self.page.expect_response(re.compile(r"/materials/.*/files")) as answer:
            chosen.value.set_files(file)
        assert answer.value.status == 201, answer.value.text()

    def reuse(self, material: str) -> None:
        """Take what the city holds already instead of uploading it."""
        card = self.page.get_by_role("status").filter(has_text=f"您已有：{material}").first
        with self.page.expect_response(re.compile(r"/reuse")):
            card.get_by_role("button", name="直接使用").click()

    def number(self) -> str:
        """The case's number as the page after sending shows it."""
        main = self.page.get_by_role("main")
        expect(main).to_contain_text(_NUMBER, timeout=20_000)
        found = _NUMBER.search(main.inner_text())
        assert found
        return found.group()

    # a case

    def open_case(self, number: str) -> None:
        """By the list of my cases."""
        self.open("pages/me/index")
        self.tap(re.compile("我的办件"), role="link")
        self.page.get_by_role("link").filter(has_text=number).first.click()
        self.sees(number)

    def look(self, case_id: str) -> None:
        """At a case, as it is now."""
        self.load(f"pages/case/detail?id={case_id}")
        expect(self.page.get_by_role("heading", name="办理经过")).to_be_visible()

    def download(self, name: Name, folder: Path, *, role: str = "button") -> Path:
        """What opens as a file behind ``name``."""
        with self.page.expect_download() as answer:
            self.tap(name, role=role)
        path = folder / answer.value.suggested_filename
        answer.value.save_as(path)
        return path

    def verification(self) -> str:
        """The address behind the result's QR code."""
        case_id = re.search(r"id=(\w+)", self.page.url)
        assert case_id
        headers = {"Authorization": f"Bearer {self.token}"}
        answer = httpx.get(f"{self.city.app}/api/v1/cases/{case_id.group(1)}", headers=headers)
        return str(answer.json()["result"]["verify_url"])
