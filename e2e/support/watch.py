"""Fails a journey for what a person would not see: script errors, failing or foreign requests."""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Page, Request, Response

from support.ready import COUNTING


@contextmanager
def watched(page: Page, hosts: set[str]) -> Iterator[None]:
    troubles: list[str] = []

    def on_console(message: ConsoleMessage) -> None:
        # A refused request is reported by the browser too; whether it was expected is the journey's affair.
        if message.type == "error" and "Failed to load resource" not in message.text:
            troubles.append(f"console: {message.text}")

    def on_request(request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in {"http", "https"} and parts.netloc not in hosts:
            troubles.append(f"foreign host: {request.url}")

    def on_response(response: Response) -> None:
        if response.status >= 500:
            troubles.append(f"{response.status}: {response.url}")

    page.add_init_script(COUNTING)
    page.on("console", on_console)
    page.on("pageerror", lambda error: troubles.append(f"error: {error}"))
    page.on("request", on_request)
    page.on("response", on_response)
    yield
    assert not troubles, "\n".join(troubles)
