"""Browsers that stand in for WeChat, Alipay and Baidu."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from support.applicant import photograph
from support.city import City
from support.watch import watched

from miniprogram.phone import MiniProgram
from miniprogram.serving import PACKAGES, Serving, serving

CHROMIUM = "/usr/bin/chromium"
# Phones know no same-origin rule. Only the runner is freed of it; the server stays as it is.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-web-security",
]
BUILT_IN = Path(__file__).resolve().parents[2] / "miniapp/.env"


@pytest.fixture(scope="session")
def packages() -> Iterator[Serving]:
    with serving(PACKAGES) as server:
        server.files["photo.jpg"] = photograph()
        yield server


@pytest.fixture(scope="session")
def vendor_browser(browser: Browser) -> Iterator[Browser]:
    own = browser.browser_type.launch(executable_path=CHROMIUM, args=FLAGS)
    yield own
    own.close()


@pytest.fixture
def start(vendor_browser: Browser, packages: Serving, city: City) -> Iterator[Callable[[str], MiniProgram]]:
    """Opens a compiled package. Whatever its vendor lacks, any script error and any foreign host fails the test."""
    with ExitStack() as stack:

        def start(target: str) -> MiniProgram:
            assert (PACKAGES / target / "app.json").is_file(), f"build first: npm run build:{target}"
            context = vendor_browser.new_context(
                viewport={"width": 375, "height": 812}, locale="zh-CN", timezone_id="Asia/Shanghai"
            )
            stack.callback(context.close)
            page = context.new_page()
            stack.enter_context(watched(page, city.hosts | {packages.host}))
            page.goto(f"http://{packages.host}/?target={target}&from={_built_in_server()}&to={city.app}")
            return MiniProgram(page, city.app)

        yield start


def _built_in_server() -> str:
    """The address that a build without other wishes carries."""
    lines = BUILT_IN.read_text().splitlines()
    return next(
        line.removeprefix("VITE_SERVER=").rstrip("/") for line in lines if line.startswith("VITE_SERVER=")
    )
