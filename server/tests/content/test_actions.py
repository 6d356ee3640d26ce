"""Drafting, two reviews, publication, schedule, correction, revocation: against the real database and workflow."""

from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from catalog.factories import make_published as make_item
from content.factories import (
    document,
    make_media,
    make_offices,
    make_people,
    make_policy,
    make_published,
    make_spec,
    make_topic,
)
from django.core.management import call_command
from django.db import IntegrityError, transaction

from zhijian.audit.models import AuditEntry
from zhijian.content import actions, authoring, errors
from zhijian.content.actions import ARTICLES, Plan
from zhijian.content.codes import Channel, MediaKind, Severity
from zhijian.content.events import ArticleExpired, ArticlePublished, ArticleRevoked
from zhijian.content.models import Article, ArticleEntry, ArticleVersion, ChannelDay, Media, Wording
from zhijian.content.queries import read_version, readable
from zhijian.core.actor import SYSTEM, Actor
from zhijian.core.clock import now
from zhijian.editorial.queries import state_of
from zhijian.editorial.rules import State
from zhijian.organizations.models import Department, Staff
from zhijian.organizations.rules import Post
from zhijian.publishing.models import PublishedDocument, PublishedFile

pytestmark = pytest.mark.django_db
People = dict[str, Staff]


@pytest.fixture
def offices() -> dict[str, Department]:
    return make_offices()


@pytest.fixture
def people(offices: dict[str, Department]) -> People:
    return make_people(offices)


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The events that were emitted."""
    events: list[Any] = []
    monkeypatch.setattr("zhijian.content.actions.release.emit", events.append)
    return events


def _draft(
    people: People, article: Article | None = None, plan: Plan | None = None, **changes: Any
) -> Article:
    return actions.save_draft(people["editor"].actor, spec=make_spec(**changes), article=article, plan=plan)


def _submitted(people: People, plan: Plan | None = None, **changes: Any) -> Article:
    return ARTICLES.submit(people["editor"].actor, _draft(people, plan=plan, **changes))


def _approved(people: People, plan: Plan | None = None, **changes: Any) -> Article:
    article = _submitted(people, plan, **changes)
    ARTICLES.approve(people["reviewer"].actor, article)
    return ARTICLES.approve(people["centre"].actor, article)


def _again(people: People, article: Article, **changes: Any) -> Article:
    ARTICLES.submit(people["editor"].actor, _draft(people, article, **changes))
    ARTICLES.approve(people["reviewer"].actor, article)
    return ARTICLES.approve(people["centre"].actor, article)


def test_a_draft_keeps_every_value(people: People, offices: dict[str, Department]) -> None:
    make_city_item()
    make_topic()
    policy = make_policy()
    media = make_media(offices["police"])
    spec = make_spec(
        kind="policy",
        title_en="Notice",
        region=offices["police"].region.code,
        document_number="云政办发〔2026〕31号",
        issued_on="2026-11-01",
        effective_from="2026-12-01",
        review_by="2027-12-01",
        audiences=["newcomer", "legal"],
        topics=["newcomer"],
        supersedes=policy.public_id,
        items=[{"code": ITEM, "change": "5个工作日办结"}],
        media=[{"media": media.public_id, "caption": "办证窗口"}],
        corrections=[{"on": "2026-11-02", "text": "文号更正"}],
        read_aloud="自己写的朗读文本。",
    )
    draft = actions.save_draft(people["editor"].actor, spec=spec)
    stored = Article.objects.get(pk=draft.pk).get_latest_revision_as_object()
    assert authoring.to_spec(stored) == spec
    assert state_of(draft) == State.DRAFT
    assert not ArticleVersion.objects.filter(article=draft).exists()


ITEM = "990100000709002001"


def make_city_item() -> None:
    """The item 居住证申领 in force (its department is there already)."""
    from catalog.factories import HallFactory

    for code in ("city", "south"):
        HallFactory(code=code)
    make_item()


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"department": "nobody"}, "/department"),
        ({"region": "1"}, "/region"),
        ({"topics": ["nothing"]}, "/topics"),
        ({"policy": "x", "kind": "interpretation"}, "/policy"),
        ({"items": [{"code": "none"}]}, "/items/0/code"),
        ({"media": [{"media": "none"}]}, "/media/0/media"),
        ({"body": "<p>a</p><script>1</script>"}, "/body"),
    ],
)
def test_a_draft_with_what_is_not_there_is_refused(
    people: People, changes: dict[str, Any], path: str
) -> None:
    with pytest.raises(errors.ContentInvalid) as refusal:
        actions.save_draft(SYSTEM, spec=make_spec(**changes))
    assert [field.path for field in refusal.value.fields] == [path]
    assert not Article.objects.exists()


def test_two_reviews_by_two_persons_lead_to_readers(people: People, told: list[Any]) -> None:
    make_topic()
    article = _submitted(people, topics=["newcomer"])
    assert state_of(article) == State.DEPARTMENT_REVIEW
    ARTICLES.approve(people["reviewer"].actor, article)
    assert state_of(article) == State.CENTRE_REVIEW
    with pytest.raises(errors.ArticleNotFound):
        read_version(article.public_id)
    article = ARTICLES.approve(people["centre"].actor, article)
    assert state_of(article) == State.PUBLISHED
    version = read_version(article.public_id)
    assert (version.number, "审核员" in version.published_by) == (1, True)
    assert told == [
        ArticlePublished(article_id=article.public_id, kind="notice", topics=["newcomer"], number=1)
    ]
    written = set(AuditEntry.objects.values_list("action", flat=True))
    assert {"article.drafted", "article.submitted", "article.approved", "article.published"} <= written


STEPS: dict[str, Callable[[Actor, Article], Any]] = {
    "draft": lambda actor, one: actions.save_draft(actor, article=one, spec=make_spec(summary="新的摘要。")),
    "submit": lambda actor, one: ARTICLES.submit(actor, one),
    "approve": lambda actor, one: ARTICLES.approve(actor, one),
    "reject": lambda actor, one: ARTICLES.reject(actor, one, reason="请补充依据"),
    "cancel": lambda actor, one: ARTICLES.take_back(actor, one),
    "revoke": lambda actor, one: ARTICLES.end(actor, one, reason="内容有误"),
}
EDITS: dict[str, set[str]] = {"draft": {"editor"}, "submit": {"editor"}}
REVOKES = {"revoke": {"editor", "reviewer", "centre"}}
# state → step → who may; whoever is not named is refused
ALLOWED: dict[str, dict[str, set[str]]] = {
    "draft": EDITS,
    "department_review": {"approve": {"reviewer"}, "reject": {"reviewer"}, "cancel": {"editor"}},
    "centre_review": {"approve": {"centre"}, "reject": {"centre"}, "cancel": {"editor"}},
    "rejected": EDITS | {"cancel": {"editor"}},
    "scheduled": {"cancel": {"editor", "reviewer", "centre"}},
    "published": EDITS | REVOKES,
    "expired": EDITS,
    "revoked": EDITS,
}
WHO = ["editor", "reviewer", "centre", "other_editor", "other_reviewer", "operator", "case_officer"]


def _in_state(state: str, people: People) -> Article:
    if state == "draft":
        return _draft(people)
    if state == "scheduled":
        return _approved(people, Plan(publish_at=now().replace(year=2100)))
    if state in {"published", "expired", "revoked"}:
        article = _approved(people)
        if state == "revoked":
            ARTICLES.end(people["centre"].actor, article, reason="重复发布")
        if state == "expired":
            Article.objects.get(pk=article.pk).unpublish(set_expired=True)
        return Article.objects.get(pk=article.pk)
    article = _submitted(people)
    if state == "centre_review":
        ARTICLES.approve(people["reviewer"].actor, article)
    if state == "rejected":
        ARTICLES.reject(people["reviewer"].actor, article, reason="请补充依据")
    return Article.objects.get(pk=article.pk)


@pytest.mark.parametrize("state", list(ALLOWED))
def test_every_role_at_every_step_in_every_state(state: str, people: People) -> None:
    article = _in_state(state, people)
    assert state_of(article).value == state
    for who in WHO:
        for name, step in STEPS.items():
            point = transaction.savepoint()
            try:
                step(people[who].actor, Article.objects.get(pk=article.pk))
                done = True
            except (errors.NotYourArticle, errors.OwnDraft, errors.SameReviewer, errors.WrongState):
                done = False
            transaction.savepoint_rollback(point)
            assert done == (who in ALLOWED[state].get(name, set())), (state, who, name)


def test_nobody_reviews_an_own_text(people: People, offices: dict[str, Department]) -> None:
    from zhijian.organizations.actions import grant_post

    grant_post(SYSTEM, staff=people["editor"], post=Post.REVIEWER, department=offices["police"])
    article = _submitted(people)
    with pytest.raises(errors.OwnDraft):
        ARTICLES.approve(Staff.objects.get(pk=people["editor"].pk).actor, article)


def test_nobody_passes_both_steps(people: People, offices: dict[str, Department]) -> None:
    from zhijian.organizations.actions import grant_post

    grant_post(SYSTEM, staff=people["centre"], post=Post.REVIEWER, department=offices["police"])
    article = _submitted(people)
    centre = Staff.objects.get(pk=people["centre"].pk).actor
    ARTICLES.approve(centre, article)
    with pytest.raises(errors.SameReviewer):
        ARTICLES.approve(centre, article)
    assert state_of(article) == State.CENTRE_REVIEW


def test_whoever_is_refused_is_written_down(people: People, offices: dict[str, Department]) -> None:
    article, editor = _submitted(people), people["other_editor"]
    media = {"kind": MediaKind.IMAGE, "upload": None, "alt": "窗口"}
    doors: list[Callable[[Actor], Any]] = [
        lambda actor: actions.save_draft(actor, spec=make_spec()),
        lambda actor: actions.save_draft(actor, spec=make_spec(), article=article),
        lambda actor: ARTICLES.submit(actor, article),
        lambda actor: ARTICLES.take_back(actor, article),
        lambda actor: ARTICLES.approve(actor, article),
        lambda actor: ARTICLES.reject(actor, article, reason="依据不全"),
        lambda actor: ARTICLES.end(actor, article, reason="有误"),
        lambda actor: actions.publish(actor, article=article),
        lambda actor: actions.give_media(actor, department=offices["police"], **media),
        lambda actor: actions.add_word(actor, wrong="帐户", right="账户", severity=Severity.SEVERE),
    ]
    citizen = Actor(kind="citizen", key="somebody", label="申请人")
    for actor in (editor.actor, citizen):
        for number, door in enumerate(doors, AuditEntry.objects.filter(outcome="refused").count() + 1):
            with pytest.raises(errors.NotYourArticle) as refused:
                door(actor)
            refused.value.tell()
            entries = AuditEntry.objects.filter(action="article.post_forbids", outcome="refused")
            assert entries.count() == number
            last = entries.order_by("id").last()
            assert last
            assert (last.actor_key, last.facts) == (actor.key, {"reason": "not_yours"})


def test_a_citizen_and_a_leaver_decide_nothing(people: People) -> None:
    article = _submitted(people)
    with pytest.raises(errors.NotYourArticle):
        ARTICLES.approve(Actor(kind="citizen", key="somebody", label="申请人"), article)
    Staff.objects.filter(pk=people["reviewer"].pk).update(is_active=False)
    with pytest.raises(errors.NotYourArticle):
        ARTICLES.approve(people["reviewer"].actor, article)


def test_staff_cannot_publish_around_the_review(people: People) -> None:
    article = _draft(people)
    for who in ("editor", "reviewer", "centre"):
        with pytest.raises(errors.NotYourArticle):
            actions.publish(people[who].actor, article=article)
    assert not readable().exists()


def test_what_was_changed_after_a_rejection_passes_both_steps_again(people: People) -> None:
    article = _submitted(people)
    ARTICLES.approve(people["reviewer"].actor, article)
    with pytest.raises(errors.ReasonMissing):
        ARTICLES.reject(people["centre"].actor, article, reason=" ")
    ARTICLES.reject(people["centre"].actor, article, reason="依据不全")
    _draft(people, article, summary="改好了。")
    ARTICLES.submit(people["editor"].actor, article)
    assert state_of(article) == State.DEPARTMENT_REVIEW


def test_the_planned_time_publishes_and_the_last_one_ends(people: People, told: list[Any]) -> None:
    with time_machine.travel("2026-06-01T10:00:00+08:00"):
        at = now()
        plan = Plan(publish_at=at.replace(day=10, hour=8), expires_at=at.replace(day=20, hour=8))
        article = _approved(people, plan)
        assert state_of(article) == State.SCHEDULED
        call_command("publish_scheduled")
        assert not readable().exists()
    with time_machine.travel("2026-06-10T08:00:30+08:00"):
        call_command("publish_scheduled")
        assert read_version(article.public_id).number == 1
        assert [one["id"] for one in document("content/index")["latest"]] == [article.public_id]
        assert document("content/index")["latest"][0]["expires_at"] == "2026-06-20T08:00:00+08:00"
    with time_machine.travel("2026-06-20T08:00:30+08:00"):
        with pytest.raises(errors.ArticleGone):
            read_version(article.public_id)  # on time, also before any worker has run
        call_command("publish_scheduled")
        assert document("content/index")["latest"] == []
        assert not ArticleEntry.objects.exists()
        kept = document(f"content/{article.public_id}")
        assert (kept["state"], kept["parts"][0]["type"]) == ("expired", "html")
        assert "已于 2026-06-20 到期" in document(f"content/{article.public_id}", ".html")
    assert [type(one) for one in told] == [ArticlePublished, ArticleExpired]
    assert state_of(Article.objects.get()) == State.EXPIRED


def test_a_time_that_passed_under_review_publishes_at_once(people: People) -> None:
    with time_machine.travel("2026-06-01T10:00:00+08:00"):
        article = _submitted(people, Plan(publish_at=now().replace(hour=12)))
        ARTICLES.approve(people["reviewer"].actor, article)
    with time_machine.travel("2026-06-02T10:00:00+08:00"):
        ARTICLES.approve(people["centre"].actor, article)
        assert read_version(article.public_id)


@pytest.mark.parametrize(
    ("plan", "path"),
    [
        (lambda at: Plan(publish_at=at.replace(year=2020)), "/go_live_at"),
        (lambda at: Plan(expires_at=at.replace(year=2020)), "/expire_at"),
        (lambda at: Plan(pinned=True, pinned_until=at.replace(year=2020)), "/pinned_until"),
    ],
)
def test_a_schedule_in_the_past_is_refused(people: People, plan: Callable[[Any], Plan], path: str) -> None:
    draft = _draft(people, plan=plan(now()))
    with pytest.raises(errors.ContentInvalid) as refusal:
        ARTICLES.submit(people["editor"].actor, draft)
    assert [field.path for field in refusal.value.fields] == [path]
    assert state_of(draft) == State.DRAFT


def test_a_changed_text_needs_a_correction_that_stays_visible(people: People, told: list[Any]) -> None:
    article = _approved(people)
    draft = _draft(people, article, body="<p>改为三个工作日。</p>")
    with pytest.raises(errors.ContentInvalid) as refusal:
        ARTICLES.submit(people["editor"].actor, draft)
    assert [field.path for field in refusal.value.fields] == ["/corrections"]
    assert read_version(article.public_id).number == 1, "a draft changes nothing for readers"
    told_of = [{"on": "2026-11-24", "text": "办结时限“五个”应为“三个”工作日"}]
    _again(people, article, body="<p>改为三个工作日。</p>", corrections=told_of)
    version = read_version(article.public_id)
    assert version.number == 2
    first = ArticleVersion.objects.get(article=article, number=1)
    assert (first.ended_as, first.ended_at) == ("replaced", version.published_at)
    assert "应为“三个”工作日" in document(f"content/{article.public_id}", ".html")
    assert [one.number for one in told] == [1, 2]


def test_a_revoked_article_answers_with_its_reason_and_nothing_else(
    people: People, offices: dict[str, Department], told: list[Any]
) -> None:
    media = make_media(offices["police"])
    article = _approved(people, media=[{"media": media.public_id}], body="<p>不该公开的话</p>")
    key = f"content/{article.public_id}"
    assert PublishedFile.objects.get().current
    with pytest.raises(errors.ReasonMissing):
        ARTICLES.end(people["editor"].actor, article, reason="  ")
    with time_machine.travel("2026-11-30T10:00:00+08:00"):
        ARTICLES.end(people["editor"].actor, article, reason="数据有误，核实后重新发布")
    kept = document(key)
    assert (kept["state"], kept["reason"]) == ("revoked", "数据有误，核实后重新发布")
    assert kept["revoked_at"] == "2026-11-30T10:00:00+08:00"
    assert kept["title"] == make_spec().title
    page = document(key, ".html")
    assert "这篇文章已经撤回" in page
    for body in (str(kept), page):
        assert "不该公开的话" not in body
    assert document("content/index")["latest"] == []
    assert not ArticleEntry.objects.exists()
    assert not PublishedFile.objects.get().current, "its picture is public no more"
    purged = PublishedDocument.objects.filter(key=key, current=False)
    assert {bytes(row.body) for row in purged} == {b""}, "nor is its text at the immutable address"
    assert isinstance(told[-1], ArticleRevoked)
    assert state_of(Article.objects.get()) == State.REVOKED
    with pytest.raises(errors.ArticleGone):
        read_version(article.public_id)


def test_a_file_that_another_article_shows_stays_public(
    people: People, offices: dict[str, Department]
) -> None:
    use = [{"media": make_media(offices["police"]).public_id}]
    first, _ = make_published(media=use), make_published(media=use, title="另一篇")
    ARTICLES.end(SYSTEM, first, reason="重复")
    assert PublishedFile.objects.get().current


def test_a_file_that_an_expired_article_shows_stays_public(
    people: People, offices: dict[str, Department]
) -> None:
    """What is over can still be read, with its pictures."""
    use = [{"media": make_media(offices["police"]).public_id}]
    over, revoked = make_published(media=use), make_published(media=use, title="另一篇")
    over.unpublish(set_expired=True)
    ARTICLES.end(SYSTEM, revoked, reason="重复")
    assert PublishedFile.objects.get().current


def test_a_correction_under_review_dies_with_the_revocation(people: People) -> None:
    article = _approved(people)
    ARTICLES.submit(people["editor"].actor, _draft(people, article, summary="新摘要。"))
    ARTICLES.end(people["reviewer"].actor, article, reason="内容有误")
    with pytest.raises(errors.WrongState):
        ARTICLES.approve(people["reviewer"].actor, article)
    assert not readable().exists()


def test_a_revoked_article_may_come_back_through_review(people: People) -> None:
    article = _approved(people)
    ARTICLES.end(people["editor"].actor, article, reason="文号有误")
    note = [{"on": "2026-11-24", "text": "文号更正"}]
    _again(people, article, document_number="云政办发〔2026〕4号", corrections=note)
    assert read_version(article.public_id).number == 2
    assert document(f"content/{article.public_id}")["state"] == "published"


def test_history_cannot_be_changed(people: People) -> None:
    article = make_published()
    version = ArticleVersion.objects.get()
    for change in ({"spec": {}}, {"number": 9}, {"published_by": "谁"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            ArticleVersion.objects.filter(pk=version.pk).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        ArticleVersion.objects.filter(pk=version.pk).delete()
    ARTICLES.end(SYSTEM, article, reason="内容有误")
    with pytest.raises(IntegrityError), transaction.atomic():
        ArticleVersion.objects.filter(pk=version.pk).update(end_reason="别的原因")


def test_the_database_holds_what_must_hold(offices: dict[str, Department]) -> None:
    policy, notice = make_policy(), make_published()
    for bad in ({"supersedes": policy}, {"policy": policy}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Article.objects.filter(pk=notice.pk).update(**bad)
    with pytest.raises(IntegrityError), transaction.atomic():
        Article.objects.filter(pk=policy.pk).update(supersedes=policy)
    media = make_media(offices["police"])
    with pytest.raises(IntegrityError), transaction.atomic():
        Media.objects.filter(pk=media.pk).update(alt="")
    with pytest.raises(IntegrityError), transaction.atomic():
        Media.objects.filter(pk=media.pk).update(kind=MediaKind.VIDEO)


def test_views_are_numbers_a_day_and_channel(people: People) -> None:
    article = make_published()
    for channel in (Channel.WECHAT, Channel.WECHAT, Channel.BOARD):
        actions.count_view(public_id=article.public_id, channel=channel)
    found = {row.channel: row.views for row in ChannelDay.objects.all()}
    assert found == {"wechat": 2, "board": 1}
    ARTICLES.end(SYSTEM, article, reason="内容有误")
    with pytest.raises(errors.ArticleGone):
        actions.count_view(public_id=article.public_id, channel=Channel.H5)
    with pytest.raises(errors.ArticleNotFound):
        actions.count_view(public_id="nothing", channel=Channel.H5)


def test_the_centre_alone_forbids_words(people: People) -> None:
    Wording.objects.all().delete()
    actions.add_word(people["centre"].actor, wrong="帐户", right="账户", severity=Severity.SEVERE)
    with pytest.raises(errors.WordExists):
        actions.add_word(people["centre"].actor, wrong="帐户", right="户头", severity=Severity.WARNING)
    with pytest.raises(errors.ContentInvalid):
        actions.add_word(people["centre"].actor, wrong=" ", right="", severity=Severity.WARNING)
    for who in ("editor", "reviewer"):
        with pytest.raises(errors.NotYourArticle):
            actions.remove_word(people[who].actor, wrong="帐户")
    draft = _draft(people, title="个人帐户")
    with pytest.raises(errors.ContentInvalid) as refusal:
        ARTICLES.submit(people["editor"].actor, draft)
    assert "应写作“账户”" in refusal.value.fields[0].message
    actions.remove_word(people["centre"].actor, wrong="帐户")
    ARTICLES.submit(people["editor"].actor, draft)


def test_a_word_under_severe_is_a_warning_only(people: People) -> None:
    actions.add_word(SYSTEM, wrong="老百姓们", right="群众", severity=Severity.WARNING)
    assert state_of(_submitted(people, title="致老百姓们")) == State.DEPARTMENT_REVIEW
