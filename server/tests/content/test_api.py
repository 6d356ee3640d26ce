"""Search, views, posters over HTTP: right answers, and refusals in Chinese for everything else."""

import io
from typing import Any

import pytest
from catalog.factories import HallFactory
from catalog.factories import make_published as make_item
from content.factories import make_offices, make_published, make_spec
from django.core.cache import cache
from django.test import Client
from pypdf import PdfReader

from zhijian.catalog.models import Synonym
from zhijian.catalog.queries import search
from zhijian.content.actions import ARTICLES
from zhijian.content.models import ChannelDay
from zhijian.core.actor import SYSTEM

pytestmark = pytest.mark.django_db
BASE = "/api/v1"


@pytest.fixture(autouse=True)
def offices() -> Any:
    return make_offices()


@pytest.fixture
def item(offices: Any) -> Any:
    for code in ("city", "south"):
        HallFactory(code=code)
    return make_item()


def _found(q: str, **asked: Any) -> dict[str, Any]:
    answer = Client().get(f"{BASE}/search", {"q": q, **asked})
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()
    return found


def test_search_finds_items_and_articles_together(item: Any) -> None:
    article = make_published()
    found = _found("居住证")
    assert [hit["code"] for hit in found["results"]] == [item.code]
    hit = found["articles"][0]
    assert (hit["id"], hit["kind_label"], hit["highlight"]) == (article.public_id, "通知公告", "居住证")
    assert hit["summary"] == make_spec().plain_summary
    assert (hit["department"], hit["department_en"]) == ("云州市公安局", "Yunzhou Public Security Bureau")
    assert found["order"] == [f"item:{item.code}", f"article:{article.public_id}"]
    assert _found("居住证", articles=0)["articles"] == []


@pytest.mark.parametrize("query", ["优化居住证办理", "jzz", "居佳证办理的通知", "云政办发2026", "暂住证"])
def test_articles_are_found_as_people_say_it(query: str) -> None:
    Synonym.objects.create(term="暂住证", meanings=["居住证"])
    article = make_published(document_number="云政办发〔2026〕3号")
    assert [hit["id"] for hit in _found(query)["articles"]] == [article.public_id]


def test_a_text_that_answers_better_comes_first(item: Any) -> None:
    article = make_published(
        title="网吧装修噪声管理", summary="噪声。", plain_summary="噪声。", body="<p>噪声。</p>"
    )
    assert _found("网吧装修噪声")["order"][0] == f"article:{article.public_id}"


def test_search_keeps_to_the_audience() -> None:
    make_published(audiences=["legal"])
    assert _found("居住证", audience="2")["articles"]
    assert _found("居住证", audience="1")["articles"] == []
    assert _found("居住证")["articles"]


def test_what_is_over_is_not_found() -> None:
    article = make_published()
    ARTICLES.end(SYSTEM, article, reason="有误")
    assert _found("居住证")["articles"] == []


def test_three_queries_for_both(item: Any, django_assert_num_queries: Any) -> None:
    make_published()
    with django_assert_num_queries(3):
        search("居住证", articles=10)
    with django_assert_num_queries(2):
        search("居住证")


@pytest.mark.parametrize("query", ["", "？！", "'; DROP TABLE x; --", "%", "\\", "a" * 200, "\x00"])
def test_nonsense_finds_nothing_and_breaks_nothing(query: str) -> None:
    make_published()
    assert _found(query)["articles"] == []


def test_a_view_is_counted_without_anybody() -> None:
    article = make_published()
    url = f"{BASE}/content/{article.public_id}/views"
    answer = Client().post(url, {"channel": "wechat"}, content_type="application/json")
    assert answer.status_code == 204
    assert [(row.channel, row.views) for row in ChannelDay.objects.all()] == [("wechat", 1)]
    columns = {field.name for field in ChannelDay._meta.get_fields()}
    assert columns == {"id", "article", "channel", "day", "views"}


@pytest.mark.parametrize("body", [{}, {"channel": "somewhere"}, {"channel": None}, {"channel": "a" * 500}])
def test_a_view_from_nowhere_is_refused(body: dict[str, Any]) -> None:
    article = make_published()
    url = f"{BASE}/content/{article.public_id}/views"
    answer = Client().post(url, body, content_type="application/json")
    assert answer.status_code == 422
    assert not answer.json()["title"].isascii()
    assert not ChannelDay.objects.exists()


def test_views_are_braked() -> None:
    article = make_published()
    url = f"{BASE}/content/{article.public_id}/views"
    codes = {
        Client().post(url, {"channel": "h5"}, content_type="application/json").status_code for _ in range(125)
    }
    assert codes == {204, 429}
    cache.clear()


@pytest.mark.parametrize("path", ["views", "open", "poster.pdf"])
def test_an_article_that_is_not_there_says_so(path: str) -> None:
    article = make_published()
    ARTICLES.end(SYSTEM, article, reason="有误")
    for public_id, code, status in (
        (article.public_id, "content.article_gone", 410),
        ("nothing", "content.article_not_found", 404),
    ):
        url, client = f"{BASE}/content/{public_id}/{path}", Client()
        answer = (
            client.post(url, {"channel": "h5"}, content_type="application/json")
            if path == "views"
            else client.get(url)
        )
        assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_a_code_on_a_board_leads_to_the_page_and_is_counted() -> None:
    article = make_published()
    answer = Client().get(f"{BASE}/content/{article.public_id}/open", {"from": "board"})
    assert answer.status_code == 302
    assert answer["Location"].endswith(f"/public/content/{article.public_id}.html?from=board")
    assert ChannelDay.objects.get().channel == "board"
    assert Client().get(f"{BASE}/content/{article.public_id}/open", {"from": "x"}).status_code == 422


def test_a_poster_is_one_page_with_its_words() -> None:
    article = make_published()
    answer = Client().get(f"{BASE}/content/{article.public_id}/poster.pdf", {"channel": "counter"})
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    pages = PdfReader(io.BytesIO(answer.content)).pages
    assert len(pages) == 1
    text = "".join(pages[0].extract_text().split())
    assert "关于优化居住证办理的通知" in text
    assert "大厅窗口" in text
    assert "云州市公安局" in text


def test_the_longest_texts_still_fit_one_page() -> None:
    article = make_published(
        title="很" * 100, plain_summary="长" * 150, audiences=["person", "elderly", "disabled"]
    )
    body = Client().get(f"{BASE}/content/{article.public_id}/poster.pdf").content
    assert len(PdfReader(io.BytesIO(body)).pages) == 1
