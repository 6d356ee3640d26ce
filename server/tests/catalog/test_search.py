"""Search finds what people mean: a table of real queries over the demo city's items."""

import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

import pytest
from catalog.factories import make_city, make_published
from django.conf import settings
from hypothesis import given
from hypothesis import settings as rounds
from hypothesis import strategies as st
from pytest_django.plugin import DjangoDbBlocker

from zhijian.catalog.models import SearchEntry, Synonym
from zhijian.catalog.queries import search, suggest
from zhijian.catalog.search import ranking, text

TABLE = [
    line.split("\t")
    for line in (Path(__file__).parent / "queries.tsv").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.fixture(scope="module")
def demo_city(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The demo's organizations and items, loaded once for this module and taken back afterwards."""
    import json

    from django.db import transaction

    from zhijian.catalog.loading import load_catalog
    from zhijian.core.actor import SYSTEM
    from zhijian.organizations.loading import load_organizations

    with django_db_blocker.unblock():
        block = transaction.atomic()
        block.__enter__()
        data = json.loads((settings.DEMO_ROOT / "organizations.json").read_text(encoding="utf-8"))
        load_organizations(SYSTEM, data)
        load_catalog(SYSTEM, settings.DEMO_ROOT)
        yield
        transaction.set_rollback(True)
        block.__exit__(None, None, None)


@pytest.fixture
def city(demo_city: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock():
        yield


def test_people_find_what_they_mean(city: None) -> None:
    """Measured on the table: at least 9 in 10 first, 19 in 20 among the first three."""
    first, third, missed = 0, 0, []
    for query, meant, how in TABLE:
        hits = [hit.code for hit in search(query).results[:3]]
        right = [any(code.removesuffix("000").endswith(end) for end in meant.split("|")) for code in hits]
        first += bool(right and right[0])
        third += any(right)
        if not (right and right[0]):
            missed.append((query, how, [hit.name for hit in search(query).results[:3]]))
    print(f"first {first}/{len(TABLE)}, first three {third}/{len(TABLE)}; not first: {missed}")  # noqa: T201
    assert len(TABLE) >= 60
    assert first / len(TABLE) >= 0.90, missed
    assert third / len(TABLE) >= 0.95, missed


def test_two_queries_and_quick(city: None, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(2):
        search("我想办居住证")
    times = []
    for query, _, _ in TABLE:
        start = time.perf_counter()
        search(query)
        times.append(time.perf_counter() - start)
    # The target is 20 ms; a shared test machine gets three times that before it is a fault of ours.
    assert median(times) < 0.060, f"p50 {median(times) * 1000:.1f} ms"


@pytest.mark.parametrize(
    ("query", "corrected"),
    [("公积金提去", "公积金提取"), ("居佳证", "居住证"), ("居住证", None), ("gjj", None)],
)
def test_a_guess_is_told(city: None, query: str, corrected: str | None) -> None:
    assert search(query).corrected == corrected


@pytest.mark.parametrize(
    "query", ["", "   ", "？！", "xyzxyz", "'; DROP TABLE x; --", "%", "\\", "a" * 10_000, "\x00"]
)
def test_nonsense_finds_nothing_and_breaks_nothing(city: None, query: str) -> None:
    assert search(query).results == []


def test_only_an_audiences_items(city: None) -> None:
    assert any("公司" in hit.name for hit in search("开公司", audience="2").results)
    assert not any("结婚" in hit.name for hit in search("结婚登记", audience="2").results)


def test_suggestions_begin_with_what_is_typed(city: None) -> None:
    assert suggest("居住")[0][0].startswith("居住证")
    assert len(suggest("证")) <= 8


@pytest.mark.django_db
def test_a_synonym_leads_to_the_items_own_word() -> None:
    make_city()
    make_published(search_words=[])
    assert search("绿卡").results == []
    Synonym.objects.create(term="绿卡", meanings=["居住证"])
    assert [hit.name for hit in search("绿卡怎么办").results] == ["居住证申领"]
    assert search("居住证").results[0].highlight == "居住证"


@pytest.mark.django_db
def test_more_used_items_win_a_tie() -> None:
    make_city()
    make_published(code="1", name="许可甲", short_name="", hot=0, search_words=["办证"])
    make_published(code="2", name="许可乙", short_name="", hot=50, search_words=["办证"])
    assert [hit.code for hit in search("办证").results] == ["2", "1"]


@pytest.mark.django_db
def test_a_new_version_is_what_is_found() -> None:
    make_city()
    make_published()
    make_published(name="居住登记", short_name="", search_words=[])
    assert [hit.name for hit in search("居住登记").results] == ["居住登记"]
    assert SearchEntry.objects.count() == 1


def test_text_is_made_comparable() -> None:
    assert text.normalise(" ＩＣ卡，补办！ ") == "ic卡补办"
    assert text.core("我想办理居住证需要什么材料") == "居住证"
    assert text.core("怎么办理") == "怎么办理"
    assert (text.pinyin("公积金"), text.initials("公积金")) == ("gongjijin", "gjj")
    assert text.grams("居住证") == ["居", "住", "证", "居住", "住证"]


@rounds(max_examples=200)
@given(st.text(max_size=300))
def test_any_text_can_be_asked(query: str) -> None:
    plain = text.normalise(query)
    assert len(plain) <= text.LONGEST_QUERY
    asked = ranking.ask(plain, [("a", ["b"])])
    phrase = ranking.Candidate(phrases=["居住证"], pinyin=["juzhuzheng"], initials=["jzz"], rank=0.0, hot=0)
    for score in ranking.rank(asked, [phrase]):
        assert 0 <= score.value <= 120
