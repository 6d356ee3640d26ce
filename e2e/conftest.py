"""Browser journeys run against the whole platform, started as a user starts it, in a data folder of its own."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from support.city import City
from support.prepared import copied_city
from support.watch import watched

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    """The demo city, running: addresses of the app, the console and the sandbox.

    ``E2E_PORT`` names one that runs already (with the sandbox on the next port, its data in
    ``E2E_HOME``), for working on a journey.
    """
    if port := int(os.environ.get("E2E_PORT", "0")):
        yield City(Path(os.environ.get("E2E_HOME", "")), port, port + 1, None)
        return
    with copied_city(tmp_path_factory.mktemp("city")) as city:
        yield city


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def phone(browser: Browser) -> Iterator[BrowserContext]:
    """A citizen's phone, 375 px wide."""
    context = browser.new_context(
        viewport={"width": 375, "height": 812}, locale="zh-CN", timezone_id="Asia/Shanghai", has_touch=True
    )
    yield context
    context.close()


@pytest.fixture
def desk(browser: Browser) -> Iterator[BrowserContext]:
    """An officer's desk, 1366 px wide."""
    context = browser.new_context(
        viewport={"width": 1366, "height": 768},
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        accept_downloads=True,
    )
    yield context
    context.close()


@pytest.fixture
def app(phone: BrowserContext, city: City) -> Iterator[Page]:
    """A page of the app; any error in it, or call to a foreign host, fails the test."""
    page = phone.new_page()
    with watched(page, city.hosts):
        yield page


@pytest.fixture
def console(desk: BrowserContext, city: City) -> Iterator[Page]:
    page = desk.new_page()
    with watched(page, city.hosts):
        yield page
