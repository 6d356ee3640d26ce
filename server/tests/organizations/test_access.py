"""The door of console screens: every post against every kind of screen."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from organizations.factories import StaffFactory

from zhijian.audit.models import AuditEntry
from zhijian.organizations.access import may, requires
from zhijian.organizations.errors import PostNeeded
from zhijian.organizations.models import Staff
from zhijian.organizations.rules import Post

pytestmark = pytest.mark.django_db


@requires(Post.CASE_OFFICER, Post.APPROVER)
def for_cases(request: HttpRequest) -> HttpResponse:
    return HttpResponse("办件")


@requires()
def for_anyone(request: HttpRequest) -> HttpResponse:
    return HttpResponse("今日工作")


def _ask(user: Staff | AnonymousUser, *, htmx: bool = False) -> HttpRequest:
    headers = {"HX-Request": "true"} if htmx else {}
    request = RequestFactory().get("/console/cases/?light=red", headers=headers)
    request.user = user
    return request


@pytest.mark.parametrize("post", list(Post))
def test_posts_open_their_screens_only(post: Post) -> None:
    staff = StaffFactory(posts=[post])
    if post in {Post.CASE_OFFICER, Post.APPROVER}:
        assert for_cases(_ask(staff)).status_code == 200
    else:
        with pytest.raises(PostNeeded):
            for_cases(_ask(staff))
    assert for_anyone(_ask(staff)).status_code == 200
    assert may(staff, Post.CASE_OFFICER) == (post == Post.CASE_OFFICER)


def test_a_refusal_says_who_may_and_is_audited() -> None:
    staff = StaffFactory(posts=[Post.EDITOR])
    with pytest.raises(PostNeeded, match=r"经办人员、审批人员.*系统管理员") as refusal:
        for_cases(_ask(staff))
    refusal.value.tell()
    entry = AuditEntry.objects.get(outcome="refused")
    assert entry.actor_key == staff.public_id
    assert entry.facts == {"needed": ["approver", "case_officer"]}


def test_the_refusal_is_a_chinese_page(client: Client) -> None:
    staff = StaffFactory(posts=[Post.EDITOR])
    client.force_login(staff, backend="zhijian.organizations.backends.StaffBackend")
    answer = client.get(reverse("organizations_staff"))
    assert answer.status_code == 403
    assert PostNeeded.title in answer.content.decode()
    assert AuditEntry.objects.get(outcome="refused").subject == "view:organizations_staff"


def test_who_is_not_logged_in_goes_to_log_in_and_comes_back() -> None:
    answer = for_cases(_ask(AnonymousUser()))
    assert answer.status_code == 302
    assert answer["Location"] == "/console/login/?next=/console/cases/%3Flight%3Dred"


def test_a_fragment_leaves_the_page_as_it_is_and_shows_the_way_to_log_in() -> None:
    answer = for_cases(_ask(AnonymousUser(), htmx=True))
    assert answer.status_code == 401
    assert answer["HX-Retarget"] == "#notices"
    assert "/console/login/?next=%2Fconsole%2F" in answer.content.decode()


def test_who_left_is_sent_to_log_in() -> None:
    assert for_cases(_ask(StaffFactory(is_active=False))).status_code == 302


def test_without_any_post_even_the_common_screens_are_shut() -> None:
    with pytest.raises(PostNeeded, match="还没有任何岗位"):
        for_anyone(_ask(StaffFactory()))
    assert not may(AnonymousUser(), Post.EDITOR)
