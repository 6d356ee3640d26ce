"""The demo's articles and the table of words: loaded through the real actions, fit to be shown."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from content.factories import document
from django.conf import settings
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from zhijian.catalog.queries import search
from zhijian.content.loading import load_words
from zhijian.content.models import Article, ArticleVersion, Media, Wording
from zhijian.content.queries import readable
from zhijian.content.queries.health import report
from zhijian.content.rules.health import Finding
from zhijian.core.clock import today


def _demo(name: str) -> Any:
    return json.loads((settings.DEMO_ROOT / name).read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Organizations, items and articles of the demo, once for this module and taken back afterwards."""
    from config.launcher.demo_articles import load_articles
    from zhijian.catalog.loading import load_catalog
    from zhijian.core.actor import SYSTEM
    from zhijian.organizations.loading import load_organizations

    before, settings.DEMO = settings.DEMO, True
    with django_db_blocker.unblock():
        block = transaction.atomic()
        block.__enter__()
        load_organizations(SYSTEM, _demo("organizations.json"))
        load_catalog(SYSTEM, settings.DEMO_ROOT)
        load_words()
        assert load_articles(_demo("articles.json")) == len(_demo("articles.json")["articles"])
        assert load_articles(_demo("articles.json")) == 0
        yield
        transaction.set_rollback(True)
        block.__exit__(None, None, None)
    settings.DEMO = before


@pytest.fixture
def city(loaded: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock():
        yield


def test_every_kind_is_there_and_told_apart(city: None) -> None:
    kinds = {one["kind"]: one["total"] for one in document("content/index")["kinds"]}
    assert all(kinds.values())
    assert sum(kinds.values()) == readable().count() >= 24
    assert [
        one["pinned_order"] if "pinned_order" in one else one["pinned"]
        for one in document("content/index")["pinned"]
    ]


def test_the_new_policy_is_compared_with_the_old_one(city: None) -> None:
    policy = Article.objects.get(title="云州市居住证管理办法")
    compared = document(f"content/{policy.public_id}")["comparison"]
    assert compared["counts"]["changed"] >= 3
    assert compared["counts"]["added"] >= 1
    assert compared["counts"]["same"] >= 1
    assert "990100GA0002000" in [one["code"] for one in compared["opens"]]
    assert "{" not in json.dumps(
        document(f"content/{policy.public_id}")["parts"], ensure_ascii=False
    ).replace('{"', "")


def test_one_notice_was_revoked_and_one_corrected(city: None) -> None:
    revoked = ArticleVersion.objects.get(ended_as="revoked").article
    assert document(f"content/{revoked.public_id}")["state"] == "revoked"
    corrected = Article.objects.get(title__startswith="关于做好义务教育")
    assert document(f"content/{corrected.public_id}")["corrections"]


def test_the_health_report_has_something_to_show_and_nothing_broken(city: None) -> None:
    found = report(Article.objects.all(), today=today())
    kinds = {one.finding for one in found.ailments}
    assert {Finding.REVIEW_DUE, Finding.UNEXPLAINED} <= kinds
    assert Finding.BROKEN_LINK not in kinds, [one.sentence for one in found.ailments]
    assert Finding.WORDING not in kinds, [one.sentence for one in found.ailments]
    assert all(section.fresh for section in found.sections)


def test_pictures_have_words(city: None) -> None:
    assert not Media.objects.filter(kind="image", alt="").exists()
    assert Media.objects.filter(kind="image").count() >= 6


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("居住证新政策", "居住证"),
        ("高龄津贴", "高龄津贴"),
        ("租房提取", "租房提取"),
        ("大厅周六", "周六"),
        ("开公司", "企业"),
    ],
)
def test_people_find_articles(city: None, query: str, title: str) -> None:
    hits = search(query, articles=10).articles
    assert any(title in hit.title for hit in hits[:3]), [hit.title for hit in hits]


def test_items_are_still_found_first(city: None) -> None:
    assert search("居住证", articles=10).order[0].startswith("item:")
    assert search("公积金提取", articles=10).order[0].startswith("item:")


@pytest.mark.django_db
def test_a_citys_own_words_are_kept() -> None:
    Wording.objects.all().delete()
    assert load_words() > 40
    Wording.objects.exclude(wrong="帐户").delete()
    assert load_words() == 0
    assert Wording.objects.count() == 1
