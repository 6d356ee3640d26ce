"""The frame around every page: log-in, lock-out, navigation by post, error pages."""

from collections.abc import Iterator

import pytest
from axes.utils import reset
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import path
from organizations.factories import DepartmentFactory, StaffFactory
from pytest_django import Settings

from config.urls import urlpatterns as real_urls
from zhijian.core import console, console_errors
from zhijian.core.errors import Conflict, FieldError
from zhijian.organizations.models import Staff
from zhijian.organizations.rules import Post

pytestmark = pytest.mark.django_db
LOGIN = "/console/login/"


@pytest.fixture(autouse=True)
def _no_attempts() -> Iterator[None]:
    yield
    reset()


def _staff(*posts: Post, **fields: object) -> Staff:
    staff: Staff = StaffFactory(posts=posts, **fields)
    staff.set_password("long-enough-password")
    staff.save()
    return staff


def test_login_leads_to_where_one_wanted_to_go(client: Client) -> None:
    staff = _staff(Post.CASE_OFFICER)
    answer = client.post(
        LOGIN, {"username": staff.username, "password": "long-enough-password", "next": "/console/account/"}
    )
    assert answer.status_code == 302
    assert answer["Location"] == "/console/account/"


@pytest.mark.parametrize("username", ["staff-unknown", ""])
def test_a_wrong_login_says_so_in_chinese_without_telling_who_exists(client: Client, username: str) -> None:
    known = _staff(Post.CASE_OFFICER)
    name = known.username if username == "" else username
    page = client.post(LOGIN, {"username": name, "password": "wrong"}).content.decode()
    assert "用户名或密码不正确，请重新输入。" in page


def test_empty_fields_are_named(client: Client) -> None:
    page = client.post(LOGIN, {}).content.decode()
    assert "请输入用户名" in page
    assert "请输入密码" in page


def test_five_wrong_passwords_lock_the_door_and_say_for_how_long(client: Client) -> None:
    staff = _staff(Post.CASE_OFFICER)
    for _ in range(5):
        answer = client.post(LOGIN, {"username": staff.username, "password": "wrong"})
    assert answer.status_code == 429
    assert "15 分钟内不能再试" in answer.content.decode()


def test_demo_logins_are_offered_in_the_demo_only(client: Client, settings: Settings) -> None:
    StaffFactory(posts=[Post.APPROVER], department=DepartmentFactory(code="ga"))
    settings.DEMO = False
    assert "演示账号" not in client.get(LOGIN).content.decode()
    settings.DEMO = True
    page = client.get(LOGIN).content.decode()
    assert "演示账号" in page
    assert "审批人员" in page


@pytest.mark.parametrize(
    ("post", "shown", "hidden"),
    [
        (Post.CASE_OFFICER, ["今日工作", "办件"], ["审计", "监察"]),
        (Post.SUPERVISOR, ["今日工作", "监察"], ["审计"]),
        (Post.AUDIT_ADMIN, ["今日工作", "审计"], ["办件", "监察"]),
    ],
)
def test_navigation_is_by_post(client: Client, post: Post, shown: list[str], hidden: list[str]) -> None:
    client.force_login(_staff(post))
    page = client.get("/console/").content.decode()
    rail = page.split('<nav class="zj-rail"')[1].split("</nav>")[0]
    for word in shown:
        assert f"<span>{word}</span>" in rail
    for word in hidden:
        assert f"<span>{word}</span>" not in rail


@pytest.mark.parametrize("address", ["pages/", "images/", "documents/", "reports/", "users/", "groups/1/"])
def test_what_nobody_works_with_is_not_there(client: Client, address: str) -> None:
    client.force_login(_staff(Post.SYSTEM_ADMIN))
    answer = client.get(f"/console/{address}")
    assert answer.status_code == 404
    assert "没有找到这个页面" in answer.content.decode()


def test_an_expired_form_is_explained() -> None:
    answer = Client(enforce_csrf_checks=True).post(LOGIN, {"username": "a", "password": "b"})
    assert answer.status_code == 403
    assert "页面已过期" in answer.content.decode()


def test_outside_the_console_a_missing_page_is_problem_json(client: Client) -> None:
    answer = client.get("/nothing-here")
    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"


class _Refused(Conflict):
    code = "cases.state_forbids"
    title = "办件现在的状态不能进行这项操作"


def _refuse(request: HttpRequest) -> HttpResponse:
    raise _Refused("请刷新后查看", fields=[FieldError("/reason", "required", "请填写理由")])


def _break(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("inside")


urlpatterns = [path("console/refuse/", _refuse), path("console/break/", _break), *real_urls]
handler404, handler500 = console_errors.not_found, console_errors.unexpected


@pytest.mark.urls(__name__)
def test_a_problem_becomes_a_page_of_its_status(client: Client) -> None:
    answer = client.post("/console/refuse/")
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "办件现在的状态不能进行这项操作" in page
    assert "请填写理由" in page


@pytest.mark.urls(__name__)
def test_a_problem_in_a_fragment_is_told_in_place(client: Client) -> None:
    answer = client.post("/console/refuse/", headers={"HX-Request": "true"})
    assert answer.status_code == 409
    assert answer["HX-Retarget"] == "#notices"
    assert "<html" not in answer.content.decode()


@pytest.mark.urls(__name__)
def test_a_failure_says_that_nothing_is_lost_and_gives_a_reference() -> None:
    client = Client(raise_request_exception=False)
    answer = client.get("/console/break/")
    page = answer.content.decode()
    assert answer.status_code == 500
    assert "没有丢失" in page
    assert "编号" in page
    assert "inside" not in page


def test_counts_of_the_navigation_are_hidden_when_there_is_nothing() -> None:
    place = console.Place("t", "试", "sun", "console_today", 1, lambda user: True)
    assert console._link(place, 0).count is None
    assert console._link(place, 2).count == 2


def test_the_longest_address_is_where_one_is() -> None:
    today = console.Link("today", "今日", "sun", "/console/", 1)
    cases = console.Link("cases", "办件", "sun", "/console/cases/", 2)
    assert console.current([today, cases], "/console/cases/YZ1/") == cases
    assert console.current([today, cases], "/elsewhere/") is None


def test_password_is_changed_only_with_the_old_one(client: Client) -> None:
    staff = _staff(Post.EDITOR)
    client.force_login(staff)
    new = {"new_password1": "another-good-one", "new_password2": "another-good-one"}
    page = client.post("/console/account/", {"old_password": "wrong", **new}).content.decode()
    assert "现在的密码不正确" in page
    answer = client.post("/console/account/", {"old_password": "long-enough-password", **new})
    assert answer.status_code == 302
    staff.refresh_from_db()
    assert staff.check_password("another-good-one")


def test_pages_need_no_outside_host_and_no_script_of_ours_in_the_page(client: Client) -> None:
    client.force_login(_staff(Post.CASE_OFFICER))
    answer = client.get("/console/")
    page = answer.content.decode()
    assert "http://" not in page.replace("http://www.w3.org", "")
    assert "https://" not in page
    assert "<script>" not in page
    assert "default-src 'self'" in answer["Content-Security-Policy"]


def test_the_request_of_an_error_page_needs_no_session() -> None:
    request = RequestFactory().get("/console/x/")
    assert console_errors.not_found(request, Exception()).status_code == 404


@pytest.mark.parametrize("path", ["/nosuch", "/hall/nosuch/", "/healthz/more", "/article/nosuch"])
def test_a_person_who_ends_up_nowhere_reads_a_page(client: Client, path: str) -> None:
    answer = client.get(path, headers={"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
    assert (answer.status_code, answer["Content-Type"]) == (404, "text/html; charset=utf-8")
    assert "没有找到您要的内容" in answer.content.decode()
    assert 'href="/"' in answer.content.decode()


@pytest.mark.parametrize(
    ("path", "accept"),
    [("/nosuch", "*/*"), ("/nosuch", "application/json"), ("/api/v1/nosuch", "text/html"), ("/nosuch", "")],
)
def test_a_program_that_ends_up_nowhere_gets_a_problem(client: Client, path: str, accept: str) -> None:
    answer = client.get(path, headers={"Accept": accept})
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
    assert answer.json()["code"] == "core.not_found"
