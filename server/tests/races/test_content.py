"""Races over articles, with real threads and connections."""

import pytest
from content.factories import document, make_offices, make_people, make_published, make_spec
from support.threads import at_once

from zhijian.content import actions, errors
from zhijian.content.actions import ARTICLES
from zhijian.content.codes import Channel
from zhijian.content.models import Article, ArticleVersion, ChannelDay
from zhijian.core.actor import SYSTEM

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("calendar_seeded")]


def test_of_articles_published_at_once_none_is_missing_from_the_lists() -> None:
    make_offices()
    drafts = [actions.save_draft(SYSTEM, spec=make_spec(title=f"通知{number}")) for number in range(6)]
    results = at_once([lambda one=one: actions.publish(SYSTEM, article=one) for one in drafts])
    assert all(isinstance(one, ArticleVersion) for one in results), results
    assert {one["title"] for one in document("content/index")["latest"]} == {draft.title for draft in drafts}


def test_an_article_approved_by_many_at_once_is_published_once() -> None:
    people = make_people(make_offices())
    article = actions.save_draft(people["editor"].actor, spec=make_spec())
    ARTICLES.submit(people["editor"].actor, article)
    ARTICLES.approve(people["reviewer"].actor, article)
    results = at_once([lambda: ARTICLES.approve(people["centre"].actor, article)] * 6)
    assert sum(isinstance(one, Article) for one in results) == 1
    assert sum(isinstance(one, errors.WrongState) for one in results) == 5
    assert ArticleVersion.objects.count() == 1


def test_revoked_while_corrected_ends_revoked() -> None:
    make_offices()
    article = make_published()
    note = [{"on": "2026-11-24", "text": "更正"}]
    actions.save_draft(SYSTEM, article=article, spec=make_spec(title="改题", corrections=note))
    at_once(
        [
            lambda: ARTICLES.end(SYSTEM, article, reason="有误"),
            lambda: ARTICLES.end(SYSTEM, article, reason="重复"),
        ]
    )
    assert ArticleVersion.objects.filter(ended_as="revoked").count() == 1
    assert document("content/index")["latest"] == []


def test_no_view_is_lost() -> None:
    make_offices()
    article = make_published()
    at_once([lambda: actions.count_view(public_id=article.public_id, channel=Channel.H5)] * 12)
    assert ChannelDay.objects.get().views == 12
