"""An officer's desk without its screen: brings a case to where a journey begins."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import groupby

import httpx

from support.applicant import checked
from support.city import City
from support.clerk import mark_in
from support.officer import PASSWORD

#: Who, which action, what is written.
Step = tuple[str, str, Mapping[str, str]]

ACCEPTED: Step = ("ga_window1", "accept", {})
REVIEWING: Step = ("ga_case1", "begin_review", {})
REVIEWED: Step = ("ga_case1", "pass_review", {"outcome": "approve", "opinion": "材料齐全，建议准予。"})
APPROVED: Step = ("ga_approve1", "decide", {"outcome": "approve", "opinion": "准予。"})
ISSUED: Step = ("ga_window1", "issue", {})
#: What leads a residence permit to its certificate, in order.
WAY = (ACCEPTED, REVIEWING, REVIEWED, APPROVED, ISSUED)


class Desk:
    """Answers are httpx responses: a page of the console, or its refusal."""

    def __init__(self, http: httpx.Client) -> None:
        self.http = http

    def act(self, number: str, action: str, **words: str) -> httpx.Response:
        seen = mark_in(checked(self.http.get(f"/cases/{number}/")).text)
        return self.post(f"/cases/{number}/actions/{action}/", seen=seen, **words)

    def post(self, path: str, **words: str) -> httpx.Response:
        token = self.http.cookies["csrftoken"]
        return self.http.post(path, data={**words, "csrfmiddlewaretoken": token})


@contextmanager
def desk_of(city: City, username: str) -> Iterator[Desk]:
    """Logged in as ``username``."""
    with httpx.Client(base_url=city.console, follow_redirects=True, timeout=60) as http:
        desk = Desk(http)
        checked(http.get("/login/"))
        checked(desk.post("/login/", username=username, password=PASSWORD))
        yield desk


def bring(city: City, number: str, *way: Step) -> None:
    """Lead the case along ``way``, each step by whom it names."""
    for username, steps in groupby(way, key=lambda step: step[0]):
        with desk_of(city, username) as desk:
            for _, action, words in steps:
                checked(desk.act(number, action, **words))
