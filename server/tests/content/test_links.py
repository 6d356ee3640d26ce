"""Outside links: noted on publication, asked only where the city allows it, and never inside the network."""

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from content.factories import make_offices, make_published

from zhijian.content import actions, tasks
from zhijian.content.adapters.links import Answer, LinkProbe
from zhijian.content.models import Article, LinkCheck
from zhijian.content.queries.health import report
from zhijian.core.clock import today


class _Site(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(int(self.path.rsplit("/", 1)[-1]))
        self.send_header("Location", "http://169.254.169.254/")
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the library's name
        pass


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), _Site)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize(
    ("status", "reachable", "words"),
    [
        (200, True, "能打开"),
        (302, True, "能打开"),
        (403, True, "不允许程序检查"),
        (404, False, "应答 404"),
        (500, False, "应答 500"),
    ],
)
def test_what_a_site_answers(site: str, status: int, reachable: bool, words: str) -> None:
    answer = LinkProbe(private=True).ask(f"{site}/{status}")
    assert answer.reachable == reachable
    assert words in answer.words


def test_a_site_that_is_away_is_told() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    assert LinkProbe(private=True).ask(f"http://127.0.0.1:{port}/") == Answer(False, "打不开：对方没有应答")


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/",
        "http://10.0.0.1/",
        "http://169.254.169.254/meta",
        "http://[::1]/",
        "https://1.1.1.1:22/",
    ],
)
def test_machines_inside_the_network_are_never_asked(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def called(*args: Any, **options: Any) -> None:
        raise AssertionError("a call left the server")

    monkeypatch.setattr("zhijian.content.adapters.links.Outbound", called)
    assert "没有检查" in LinkProbe().ask(address).words


class _Dead:
    """A probe that finds nothing."""

    def ask(self, address: str) -> Answer:
        return Answer(False, "打不开：对方应答 404")


@pytest.mark.django_db
def test_a_dead_link_is_a_finding() -> None:
    make_offices()
    article = make_published(
        body='<p>见<a href="https://www.yunzhou.example/a">原文</a>和<a href="tel:12345">热线</a></p>'
    )
    assert list(LinkCheck.objects.values_list("address", "reachable")) == [
        ("https://www.yunzhou.example/a", None)
    ]
    scope = Article.objects.filter(pk=article.pk)
    assert [one.finding.value for one in report(scope, today=today()).ailments] == []
    assert actions.check_links(_Dead()) == 1  # type: ignore[arg-type]
    (ailment,) = report(scope, today=today()).ailments
    assert ailment.sentence == "链接“原文”打不开：对方应答 404"


@pytest.mark.django_db
def test_those_asked_longest_ago_are_asked_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zhijian.content.actions.links._BATCH", 1)
    for name in ("a", "b"):
        LinkCheck.objects.create(address=f"https://www.yunzhou.example/{name}")
    for _ in range(2):
        actions.check_links(_Dead())  # type: ignore[arg-type]
    assert not LinkCheck.objects.filter(checked_at=None).exists()


@pytest.mark.django_db
@pytest.mark.parametrize("allowed", [True, False])
def test_the_city_decides_whether_its_server_calls_outside(
    settings: Any, monkeypatch: pytest.MonkeyPatch, allowed: bool
) -> None:
    settings.CONTENT_CHECK_LINKS = allowed
    LinkCheck.objects.create(address="https://www.yunzhou.example/a")
    monkeypatch.setattr(LinkProbe, "ask", lambda self, address: Answer(True, "能打开"))
    tasks.check_outside_links.func()
    assert LinkCheck.objects.get().reachable == (True if allowed else None)
