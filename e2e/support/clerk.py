"""An officer's browser without its screen: logs in to the console and posts its forms over HTTP."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import httpx

from support.applicant import checked
from support.city import City
from support.officer import PASSWORD


class Clerk:
    def __init__(self, http: httpx.Client) -> None:
        self.http = http

    def do(self, number: str, action: str, **words: str) -> None:
        """One action on a case; fails with the page's words when it is refused."""
        self.judge(f"/cases/{number}/", f"/cases/{number}/actions/{action}/", **words)

    def judge(self, page: str, path: str, **words: str) -> None:
        """Posts a form of ``page`` as a browser does, with the mark of what was read there."""
        self.post(path, seen=mark_in(checked(self.http.get(page)).text), **words)

    def post(self, path: str, **words: str | list[str]) -> httpx.Response:
        form = {"csrfmiddlewaretoken": self.http.cookies["csrftoken"], **words}
        answer = self.http.post(path, data=form, headers={"Referer": str(self.http.base_url)})
        assert answer.is_success, f"{path}: {answer.status_code} {_words_of(answer.text)}"
        return answer


def mark_in(page: str) -> str:
    """Of what the page showed; empty where it has no form that judges."""
    found = re.search(r'name="seen" value="([^"]*)"', page)
    return found[1] if found else ""


@contextmanager
def logged_in(city: City, username: str) -> Iterator[Clerk]:
    with httpx.Client(base_url=city.console, timeout=60, follow_redirects=True) as http:
        checked(http.get("/login/"))
        clerk = Clerk(http)
        landed = clerk.post("/login/", username=username, password=PASSWORD)
        assert "/login/" not in str(landed.url), "the log-in was refused"
        yield clerk


def _words_of(page: str) -> str:
    return " ".join(re.findall(r"[\u4e00-\u9fff，。：“”]{2,}", page))[:600]
