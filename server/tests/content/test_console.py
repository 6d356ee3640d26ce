"""The console's content screens over HTTP: what each post sees and may do, all in Chinese."""

import re
from datetime import timedelta
from typing import Any

import pytest
from console.reading import visible
from content.factories import (
    VTT,
    document,
    make_media,
    make_offices,
    make_people,
    make_policy,
    make_published,
    make_spec,
    make_topic,
    movie,
    picture,
)
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from support.rows import newest

from zhijian.audit.models import AuditEntry
from zhijian.content import actions, authoring
from zhijian.content.actions import ARTICLES, Plan
from zhijian.content.codes import Channel, MediaKind, Severity
from zhijian.content.models import Article, ArticleVersion, Media, Wording
from zhijian.core.actor import SYSTEM
from zhijian.core.clock import now
from zhijian.editorial.queries import state_of
from zhijian.editorial.rules import State
from zhijian.organizations.models import Department, Staff

pytestmark = pytest.mark.django_db
EDIT = "content_articles:edit"


@pytest.fixture
def offices() -> dict[str, Department]:
    return make_offices()


@pytest.fixture
def people(offices: dict[str, Department]) -> dict[str, Staff]:
    return make_people(offices)


def _as(staff: Staff) -> Client:
    client = Client()
    client.force_login(staff, backend="zhijian.organizations.backends.StaffBackend")
    return client


def _posted(client: Client, url: str) -> dict[str, Any]:
    """The values that the browser would send back for the form at ``url``, unchanged."""
    from bs4 import BeautifulSoup

    response = client.get(url)
    assert response.status_code == 200, response
    soup = BeautifulSoup(response.content, "html.parser")
    form: Any = soup.find("form", attrs={"id": "w-editor-form"}) or soup.find(
        "form", method=re.compile("post", re.I)
    )
    values: dict[str, Any] = {}
    for field in form.find_all(["input", "textarea", "select"]):
        name = field.get("name")
        if not name or (field.get("type") in {"checkbox", "radio"} and not field.has_attr("checked")):
            continue
        if field.name == "select":
            chosen = field.find("option", selected=True)
            value = chosen["value"] if chosen else ""
        elif field.name == "textarea":
            value = field.text.removeprefix("\n")
        else:
            value = field.get("value", "on" if field.get("type") == "checkbox" else "")
        values.setdefault(name, []).append(value)
    return values


def test_the_list_shows_the_own_departments_articles(people: dict[str, Staff]) -> None:
    article = make_published()
    url = reverse("content_articles:list")
    for who, sees in {"editor": True, "reviewer": True, "centre": True, "other_editor": False}.items():
        assert (article.title in _as(people[who]).get(url).content.decode()) == sees, who


def test_the_list_needs_the_same_queries_for_one_article_and_for_many(
    people: dict[str, Staff], django_assert_max_num_queries: Any
) -> None:
    for number in range(8):
        actions.save_draft(SYSTEM, spec=make_spec(title=f"通知{number}"))
    client, url = _as(people["editor"]), reverse("content_articles:list")
    client.get(url)
    with django_assert_max_num_queries(17):
        client.get(url)


@pytest.mark.parametrize(
    "state", ["reviewing", "rejected", "scheduled", "draft", "published", "expired", "revoked"]
)
def test_the_list_filters_by_state(people: dict[str, Staff], state: str) -> None:
    article = make_published()
    if state == "revoked":
        ARTICLES.end(SYSTEM, article, reason="重复")
    if state == "expired":
        article.unpublish(set_expired=True)
    if state == "draft":
        actions.save_draft(SYSTEM, spec=make_spec(title="从未发布"))
    page = _as(people["editor"]).get(reverse("content_articles:list"), {"state": state}).content.decode()
    assert (make_spec().title in page) == (state in {"published", "expired", "revoked"})
    assert ("从未发布" in page) == (state == "draft")


def test_the_form_gives_back_what_it_was_given(
    people: dict[str, Staff], offices: dict[str, Department]
) -> None:
    make_topic()
    spec = make_spec(
        audiences=["newcomer"],
        topics=["newcomer"],
        body='<p>见<a href="https://www.yunzhou.example/a">原文</a>和<a href="tel:12345">热线</a>。</p><p>【图1】</p>',
        media=[{"media": make_media(offices["police"]).public_id, "caption": "窗口"}],
        corrections=[{"on": "2026-11-02", "text": "文号更正"}],
    )
    draft = actions.save_draft(SYSTEM, spec=spec)
    client, url = _as(people["editor"]), reverse(EDIT, args=[draft.pk])
    response = client.post(url, _posted(client, url) | {"summary": "改过的摘要。"})
    assert response.status_code == 302, response.content.decode()[:3000]
    stored = Article.objects.get(pk=draft.pk).get_latest_revision_as_object()
    kept = authoring.to_spec(stored)
    assert kept.model_copy(update={"body": ""}) == spec.model_copy(
        update={"summary": "改过的摘要。", "body": ""}
    )
    hrefs = re.findall(r'href="([^"]*)"', kept.body)
    assert hrefs == ["https://www.yunzhou.example/a", "tel:12345"]


def test_a_script_in_the_body_is_refused_with_words(people: dict[str, Staff]) -> None:
    draft = actions.save_draft(SYSTEM, spec=make_spec())
    form_class = _form_class()
    form = form_class(
        {"body": "null", "title": "题"}, instance=Article.objects.get(pk=draft.pk), for_user=people["editor"]
    )
    form.cleaned_data = {"body": "<p onclick=alert(1)>点我</p>"}
    with pytest.raises(Exception, match="自动执行的动作"):
        form.clean_body()


def _form_class() -> Any:
    from zhijian.content.console.panels import edit_handler

    return edit_handler.bind_to_model(Article).get_form_class()


def test_from_the_form_to_readers_by_two_reviews(people: dict[str, Staff]) -> None:
    draft = actions.save_draft(SYSTEM, spec=make_spec())
    client, edit = _as(people["editor"]), reverse(EDIT, args=[draft.pk])
    assert client.post(edit, _posted(client, edit) | {"action-submit": "1"}).status_code == 302
    assert state_of(draft) == State.DEPARTMENT_REVIEW
    review = reverse("content_review", args=[draft.pk])
    for who in ("reviewer", "centre"):
        assert draft.title in _as(people[who]).get(reverse("content_reviews")).content.decode()
        assert "审核通过" in _as(people[who]).get(review).content.decode()
        assert _as(people[who]).post(review, {"seen": newest(draft), "do": "approve"}).status_code == 302
    assert ArticleVersion.objects.get().number == 1


def test_an_unfit_draft_stays_a_draft_and_says_why(people: dict[str, Staff]) -> None:
    draft = actions.save_draft(SYSTEM, spec=make_spec(plain_summary=""))
    client, edit = _as(people["editor"]), reverse(EDIT, args=[draft.pk])
    page = client.post(edit, _posted(client, edit) | {"action-submit": "1"})
    assert page.status_code == 200
    assert "请用一句话说清这件事" in page.content.decode()
    assert state_of(draft) == State.DRAFT


def test_the_review_shows_what_changes_and_asks_for_a_reason(people: dict[str, Staff]) -> None:
    article = make_published()
    spec = make_spec(
        body="<p>第一条　为了方便群众，制定本办法。</p><p>第二条　本办法自2027年1月1日起施行。</p>",
        summary="新的摘要。",
        corrections=[{"on": "2026-11-24", "text": "施行日期更正"}],
    )
    actions.save_draft(people["editor"].actor, article=article, spec=spec)
    ARTICLES.submit(people["editor"].actor, article)
    client, url = _as(people["reviewer"]), reverse("content_review", args=[article.pk])
    page = client.get(url).content.decode()
    assert "居住证可以网上办理。" in page
    assert "新的摘要。" in page
    assert "<ins>" in page
    assert "<b>第一条</b>" not in page, "an unchanged clause is not shown"
    refused = client.post(url, {"seen": newest(article), "do": "reject", "comment": ""})
    assert refused.status_code == 422
    assert "请填写退回原因" in refused.content.decode()
    assert (
        client.post(url, {"seen": newest(article), "do": "reject", "comment": "依据不全"}).status_code == 302
    )


def test_revocation_asks_for_a_reason(people: dict[str, Staff]) -> None:
    article = make_published()
    client, url = _as(people["editor"]), reverse("content_revoke", args=[article.pk])
    assert "所有人都能看到" in client.get(url).content.decode()
    assert client.post(url, {"reason": ""}).status_code == 422
    assert client.post(url, {"reason": "数据有误"}).status_code == 302
    assert document(f"content/{article.public_id}")["reason"] == "数据有误"
    assert "不能撤回" in client.get(url).content.decode()


def test_the_preview_shows_the_draft_and_its_unpublished_picture(
    people: dict[str, Staff], offices: dict[str, Department]
) -> None:
    media = make_media(offices["police"])
    draft = actions.save_draft(SYSTEM, spec=make_spec(media=[{"media": media.public_id}]))
    client = _as(people["editor"])
    assert client.get(reverse("content_preview", args=[draft.pk])).status_code == 200
    inside = client.get(reverse("content_preview_page", args=[draft.pk]))
    page = inside.content.decode()
    assert "预览：还没有发布" in page
    assert inside["X-Frame-Options"] == "SAMEORIGIN"
    address = reverse("content_media_file", args=[media.public_id])
    assert f'src="{address}" alt="窗口工作人员递出居住证"' in page
    picture_answer = client.get(address)
    assert (picture_answer["Content-Type"], picture_answer["X-Content-Type-Options"]) == (
        "image/jpeg",
        "nosniff",
    )
    assert _as(people["other_editor"]).get(address).status_code == 404
    assert (
        _as(people["other_editor"]).get(reverse("content_preview_page", args=[draft.pk])).status_code == 404
    )


@pytest.mark.parametrize(
    "name", ["edit", "history", "workflow_history", "delete", "unpublish", "lock", "usage"]
)
def test_another_departments_article_does_not_exist(people: dict[str, Staff], name: str) -> None:
    article = make_published()
    assert (
        _as(people["other_editor"]).get(reverse(f"content_articles:{name}", args=[article.pk])).status_code
        == 404
    )


@pytest.mark.parametrize("who", ["editor", "reviewer", "centre"])
def test_nobody_deletes_or_publishes_around_our_actions(people: dict[str, Staff], who: str) -> None:
    article = make_published()
    for name in ("delete", "unpublish"):
        answer = _as(people[who]).post(reverse(f"content_articles:{name}", args=[article.pk]))
        assert answer.status_code in {302, 403}
    draft = actions.save_draft(SYSTEM, spec=make_spec(title="草稿"))
    client, edit = _as(people[who]), reverse(EDIT, args=[draft.pk])
    client.post(edit, _posted(client, edit) | {"action-publish": "1"})
    assert Article.objects.get(pk=article.pk).live
    assert not Article.objects.get(pk=draft.pk).live


def test_a_reviewer_reads_the_form_but_saves_nothing(people: dict[str, Staff]) -> None:
    article = make_published()
    client, edit = _as(people["reviewer"]), reverse(EDIT, args=[article.pk])
    client.post(edit, _posted(client, edit) | {"summary": "审核员改的。"})
    assert not Article.objects.get(pk=article.pk).has_unpublished_changes


def _upload(**changes: Any) -> dict[str, Any]:
    given = {"kind": "image", "department": "ga", "name": "窗口", "alt": "办证窗口"}
    return given | {"file": SimpleUploadedFile("a.png", picture())} | changes


def test_files_come_with_words_and_captions(people: dict[str, Staff]) -> None:
    client, url = _as(people["editor"]), reverse("content_media")
    assert client.post(url, _upload()).status_code == 302
    media = Media.objects.get()
    assert (media.kind, media.alt, media.width, media.height) == (MediaKind.IMAGE, "办证窗口", 40, 20)
    video = {"kind": "video", "file": SimpleUploadedFile("a.mp4", movie()), "alt": ""}
    assert client.post(url, _upload(**video)).status_code == 422
    video["file"] = SimpleUploadedFile("a.mp4", movie())
    captions = SimpleUploadedFile("a.vtt", VTT.encode())
    assert client.post(url, _upload(**video, captions=captions)).status_code == 302
    assert "办证窗口" in client.get(url).content.decode()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"alt": ""}, "看不见图片的人"),
        ({"kind": "program"}, "请选择部门、类型和文件"),
        ({"department": "mz"}, "请选择部门、类型和文件"),
        ({"file": ""}, "请选择部门、类型和文件"),
        ({"file": SimpleUploadedFile("a.svg", b"<svg onload=alert(1)/>")}, "不支持这种文件"),
    ],
)
def test_a_faulty_file_is_refused_with_words(
    people: dict[str, Staff], changes: dict[str, Any], words: str
) -> None:
    answer = _as(people["editor"]).post(reverse("content_media"), _upload(**changes))
    assert answer.status_code in {415, 422}
    assert words in answer.content.decode()
    assert not Media.objects.exists()


def test_a_link_is_given_an_address_in_our_window(people: dict[str, Staff]) -> None:
    client, url = _as(people["editor"]), reverse("content_link")
    assert "链接地址" in client.get(url, {"link_text": "居住证"}).json()["html"]
    chosen = client.post(
        url, {"content-link-url": "/items/990100GA0002000", "content-link-link_text": "居住证"}
    ).json()
    assert chosen["step"] == "external_link_chosen"
    assert chosen["result"]["url"] == "/items/990100GA0002000"
    refused = client.post(url, {"content-link-url": "javascript:alert(1)"}).json()
    assert "这个地址打不开" in refused["html"]


def test_health_has_a_sentence_and_a_way_for_each_finding(
    people: dict[str, Staff], django_assert_max_num_queries: Any
) -> None:
    Wording.objects.all().delete()
    policy = make_policy(review_by="2020-01-01", effective_to="2021-01-01")
    notice = make_published(title="个人帐户", body=f'<p>见<a href="/content/{policy.public_id}">办法</a></p>')
    actions.add_word(SYSTEM, wrong="帐户", right="账户", severity=Severity.SEVERE)
    ARTICLES.end(SYSTEM, policy, reason="重复")
    make_policy(title="另一办法")
    client, url = _as(people["editor"]), reverse("content_health")
    page = client.get(url).content.decode()
    for words in ("应写作“账户”", "指向的文章已撤回或到期", "这份政策还没有解读", "“要闻动态”还没有内容"):
        assert words in page
    assert reverse(EDIT, args=[notice.pk]) in page
    assert "个人帐户" not in _as(people["other_editor"]).get(url).content.decode()
    with django_assert_max_num_queries(23):
        client.get(url)


def test_figures_are_told_by_channel(people: dict[str, Staff]) -> None:
    article = make_published()
    for channel in (Channel.BOARD, Channel.BOARD, Channel.WECHAT):
        actions.count_view(public_id=article.public_id, channel=channel)
    page = _as(people["operator"]).get(reverse("content_statistics")).content.decode()
    assert "共浏览 3 次，社区公告栏最多" in page


def test_the_centre_keeps_the_words(people: dict[str, Staff]) -> None:
    Wording.objects.all().delete()
    url = reverse("content_words")
    given = {"do": "add", "wrong": "帐户", "right": "账户", "severity": "severe"}
    assert _as(people["editor"]).post(url, given).status_code == 403
    centre = _as(people["centre"])
    assert centre.post(url, given).status_code == 302
    assert centre.post(url, given).status_code == 409
    assert centre.post(url, {"do": "remove", "wrong": "帐户"}).status_code == 302
    assert not Wording.objects.exists()


OPEN: dict[str, set[str]] = {
    "content_reviews": {"editor", "reviewer", "centre", "other_editor", "other_reviewer"},
    "content_media": {"editor", "reviewer", "centre", "other_editor", "other_reviewer"},
    "content_link": {"editor", "other_editor"},
    "content_health": {"editor", "reviewer", "centre", "other_editor", "other_reviewer", "operator"},
    "content_statistics": {"editor", "reviewer", "centre", "other_editor", "other_reviewer", "operator"},
    "content_words": {"editor", "reviewer", "centre", "other_editor", "other_reviewer", "operator"},
}


@pytest.mark.parametrize("name", list(OPEN))
def test_who_may_open_what(people: dict[str, Staff], name: str) -> None:
    opened = {who: _as(staff).get(reverse(name)).status_code for who, staff in people.items()}
    assert opened == {who: 200 if who in OPEN[name] else 403 for who in people}
    assert Client().get(reverse(name)).status_code == 302


ALLOWED = re.compile(
    r"Yunzhou[A-Za-z0-9 ]*|Residence[A-Za-z ]*|https?://\S*|tel:|items|content|png|JavaScript|XLSX|PDF"
)


def test_staff_see_no_english(people: dict[str, Staff], offices: dict[str, Department]) -> None:
    make_media(offices["police"])
    article = make_published()
    actions.save_draft(SYSTEM, article=article, spec=make_spec(summary="二稿。"))
    first, last = article.revisions.order_by("pk").first(), article.revisions.order_by("pk").last()
    assert first
    assert last
    client = _as(people["editor"])
    urls = [
        *(reverse(name) for name in OPEN if name != "content_link"),
        reverse("content_articles:list"),
        reverse("content_articles:add"),
        reverse("content_articles:revisions_compare", args=[article.pk, first.pk, last.pk]),
        *(
            reverse(f"content_articles:{name}", args=[article.pk])
            for name in ("edit", "history", "workflow_history")
        ),
        *(
            reverse(name, args=[article.pk])
            for name in ("content_review", "content_revoke", "content_preview")
        ),
        reverse("content_preview_page", args=[article.pk]),
    ]
    found = {}
    for url in urls:
        words = re.findall(r"[A-Za-z]{3,}", ALLOWED.sub("", visible(client.get(url).content.decode())))
        if words:
            found[url] = sorted(set(words))
    assert found == {}


def test_what_waits_for_its_time_has_a_button_that_takes_it_back(people: dict[str, Staff]) -> None:
    plan = Plan(publish_at=now() + timedelta(days=30))
    article = actions.save_draft(people["editor"].actor, spec=make_spec(), plan=plan)
    ARTICLES.submit(people["editor"].actor, article)
    ARTICLES.approve(people["reviewer"].actor, article)
    ARTICLES.approve(people["centre"].actor, article)
    url, edit = (
        reverse("content_take_back", args=[article.pk]),
        reverse("content_articles:edit", args=[article.pk]),
    )
    client = _as(people["editor"])
    assert url in client.get(edit).content.decode()
    assert _as(people["other_editor"]).post(url).status_code == 404
    assert client.post(url).status_code == 302
    assert url not in client.get(edit).content.decode()
    assert client.post(url).status_code == 409


def test_reaching_for_another_departments_text_is_written_down(people: dict[str, Staff]) -> None:
    article = make_published()
    client = _as(people["other_editor"])
    for address in ("content_articles:edit", "content_review", "content_take_back"):
        assert client.get(reverse(address, args=[article.pk])).status_code == 404
    found = AuditEntry.objects.filter(action="article.out_of_scope").values_list("subject", "outcome")
    assert list(found) == [(f"article:{article.pk}", "refused")] * 3
