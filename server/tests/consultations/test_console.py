"""The console's screens of consultations."""

import re
from typing import Any

import pytest
from console.reading import visible
from consultations.factories import (
    VALUES,
    Desk,
    answered,
    drafted,
    end,
    moderated,
    published,
    ready_for_feedback,
    submitted,
    take_part,
)
from django.test import Client
from django.urls import reverse

from zhijian.audit.models import AuditEntry
from zhijian.consultations.actions.turn import LIFE
from zhijian.consultations.models import Comment, CommentGroup, Consultation
from zhijian.consultations.rules.states import State
from zhijian.organizations.models import Staff
from zhijian.organizations.rules import Post

pytestmark = pytest.mark.django_db
_LATIN = re.compile(r"[A-Za-z]{3,}")
SCREENS = ["", "preview/", "comments/", "groups/", "report/"]


@pytest.fixture
def desk() -> Desk:
    return Desk()


def logged_in(staff: Staff) -> Client:
    client = Client()
    client.force_login(staff, backend="zhijian.organizations.backends.StaffBackend")
    return client


def address(row: Consultation, screen: str = "") -> str:
    return f"/console/consultations/{row.public_id}/{screen}"


def strange(page: str) -> list[str]:
    return sorted(set(_LATIN.findall(visible(page))))


@pytest.mark.parametrize("post", list(Post))
def test_who_may_open_what(desk: Desk, post: Post) -> None:
    row = answered(desk)
    client = logged_in(desk.person(post))
    allowed = post in {Post.EDITOR, Post.REVIEWER}
    for screen in SCREENS:
        assert client.get(address(row, screen)).status_code == (200 if allowed else 403), screen
    assert client.get("/console/consultations/").status_code == (200 if allowed else 403)
    assert client.get("/console/consultations/new/").status_code == (200 if post == Post.EDITOR else 403)
    for kind in ("xlsx", "csv"):
        assert client.get(address(row, f"export/{kind}/")).status_code == (200 if allowed else 403)


@pytest.mark.parametrize("make", [drafted, submitted, published, ready_for_feedback, answered])
def test_every_screen_in_every_state_is_chinese(desk: Desk, make: Any) -> None:
    row = make(desk)
    for staff in (desk.editor, desk.reviewer):
        client = logged_in(staff)
        for screen in SCREENS:
            answer = client.get(address(row, screen))
            assert answer.status_code == 200, screen
            assert strange(answer.content.decode()) == [], screen
    assert strange(logged_in(desk.editor).get("/console/consultations/").content.decode()) == []


def test_another_departments_consultation_does_not_exist(desk: Desk) -> None:
    row = published(Desk())
    client = logged_in(desk.editor)
    for screen in [*SCREENS, "edit/", "export/csv/"]:
        assert client.get(address(row, screen)).status_code == 404
    assert client.post(address(row, "do/withdraw/"), {"reason": "x"}).status_code == 404
    assert AuditEntry.objects.filter(action="consultation.out_of_scope").exists()


def test_list_is_narrowed_and_costs_the_same(desk: Desk, django_assert_max_num_queries: Any) -> None:
    drafted(desk)
    for _ in range(12):
        published(desk)
    client = logged_in(desk.editor)
    page = client.get("/console/consultations/", {"state": "draft"}).content.decode()
    assert page.count("<tr>") == 2
    with django_assert_max_num_queries(9):
        client.get("/console/consultations/")


# Actions.


def test_the_way_from_draft_to_feedback(desk: Desk) -> None:
    editor, reviewer = logged_in(desk.editor), logged_in(desk.reviewer)
    row = drafted(desk)
    assert editor.post(address(row, "do/submit/")).status_code == 302
    assert reviewer.post(address(row, "do/publish/"), {"seen": LIFE.mark(row)}).status_code == 302
    row.refresh_from_db()
    assert row.state == State.PUBLISHED
    take_part(row, values=VALUES, comments=[("c1", "赞成")])
    moderated(desk, row)
    end(row)
    comment = Comment.objects.get()
    editor.post(address(row, "groups/"), {"do": "make", "title": "赞成", "comment": [comment.pk]})
    group = CommentGroup.objects.get()
    key = group.public_id
    refused = editor.post(address(row, "groups/"), {"do": f"answer:{key}", f"{key}-title": "赞成", f"{key}-outcome": "adopted"})  # fmt: skip
    assert refused.status_code == 422
    editor.post(
        address(row, "groups/"),
        {"do": f"answer:{key}", f"{key}-title": "赞成", f"{key}-outcome": "adopted", f"{key}-reply": "谢谢"},
    )
    editor.post(address(row, "groups/"), {"do": "overview", "overview": "感谢参与"})
    assert editor.post(address(row, "do/submit_feedback/")).status_code == 302
    assert reviewer.post(address(row, "do/publish_feedback/"), {"seen": LIFE.mark(row)}).status_code == 302
    row.refresh_from_db()
    assert row.state == State.ANSWERED


def test_a_refusal_comes_back_with_the_reason_typed(desk: Desk) -> None:
    row = published(desk)
    answer = logged_in(desk.reviewer).post(
        address(row, "do/extend/"), {"closes_at": "2020-01-01T00:00", "reason": "应市民要求"}
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "应市民要求" in page
    assert "新的结束时间要晚于" in page


@pytest.mark.parametrize("action", ["nothing", "edit", "moderate"])
def test_unknown_actions(desk: Desk, action: str) -> None:
    assert logged_in(desk.editor).post(address(published(desk), f"do/{action}/")).status_code == 404


def test_another_posts_button_is_neither_shown_nor_obeyed(desk: Desk) -> None:
    row = submitted(desk)
    client = logged_in(desk.editor)
    assert (
        reverse("consultations_act", args=[row.public_id, "publish"])
        not in client.get(address(row)).content.decode()
    )
    assert client.post(address(row, "do/publish/")).status_code == 403


# Moderation.


def test_comments_are_shown_hidden_and_escaped(desk: Desk) -> None:
    row = published(desk)
    take_part(row, comments=[("c1", "<script>alert(1)</script>"), ("c2", "打 19900001234")])
    client = logged_in(desk.editor)
    page = client.get(address(row, "comments/")).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page
    assert "可能含手机号" in page
    script, phone = Comment.objects.order_by("target")
    client.post(address(row, "comments/"), {"do": f"show:{script.pk}"})
    refused = client.post(address(row, "comments/"), {"do": f"hide:{phone.pk}"})
    assert refused.status_code == 422
    client.post(address(row, "comments/"), {"do": f"hide:{phone.pk}", f"reason-{phone.pk}": "personal"})
    assert {one.state for one in Comment.objects.all()} == {"shown", "hidden"}


def test_many_are_decided_at_once_and_the_same_is_told(desk: Desk) -> None:
    row = published(desk)
    for _ in range(3):
        take_part(row, comments=[("c1", "多建车棚")])
    client = logged_in(desk.editor)
    assert "内容相同的共 3 条" in client.get(address(row, "comments/")).content.decode()
    ids = list(Comment.objects.values_list("pk", flat=True))
    client.post(address(row, "comments/"), {"do": "show", "comment": ids})
    assert Comment.objects.filter(state="shown").count() == 3


def test_reviewers_read_but_do_not_moderate(desk: Desk) -> None:
    row = published(desk)
    take_part(row, comments=[("c1", "多建车棚")])
    client = logged_in(desk.reviewer)
    assert "data-show" not in client.get(address(row, "comments/")).content.decode()
    pk = Comment.objects.get().pk
    assert client.post(address(row, "comments/"), {"do": f"show:{pk}"}).status_code == 403


def test_the_desk_costs_the_same_for_any_length(desk: Desk, django_assert_max_num_queries: Any) -> None:
    row = published(desk)
    for number in range(8):
        take_part(row, comments=[("c1", f"意见{number}"), ("c2", f"意见{number}")])
    client = logged_in(desk.editor)
    for screen in ("comments/", "groups/"):
        with django_assert_max_num_queries(18):
            client.get(address(row, screen))


# Report.


def test_report_has_a_table_behind_every_chart(desk: Desk) -> None:
    row = published(desk)
    take_part(row, values=VALUES, comments=[("c1", "赞成")])
    page = logged_in(desk.editor).get(address(row, "report/")).content.decode()
    assert page.count("查看数据表") == 5  # clauses and four questions that are chosen
    assert "100% 选“有”" in page
    assert "平均 4.00" in page


def test_no_screen_tells_who_answered(desk: Desk) -> None:
    row = published(desk)
    person = take_part(row, values=VALUES, comments=[("c1", "赞成")], notify=True)
    client = logged_in(desk.editor)
    for screen in SCREENS:
        page = client.get(address(row, screen)).content.decode()
        for secret in (person.public_id, person.name, person.masked_name, person.masked_phone):
            assert secret not in page


def test_exports_are_audited(desk: Desk) -> None:
    row = published(desk)
    client = logged_in(desk.editor)
    answer = client.get(address(row, "export/xlsx/"))
    assert answer.content.startswith(b"PK")
    assert client.get(address(row, "export/exe/")).status_code == 404
    assert AuditEntry.objects.filter(action="consultation.exported").count() == 1


def test_navigation_counts_what_waits(desk: Desk) -> None:
    row = published(desk)
    take_part(row, comments=[("c1", "赞成")])
    submitted(desk)
    for staff in (desk.editor, desk.reviewer):
        page = logged_in(staff).get("/console/").content.decode()
        place = page.split('href="/console/consultations/"')[1].split("</a>")[0]
        assert "1" in place
