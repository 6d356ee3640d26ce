"""The console's screens of staff, departments and halls."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from organizations.factories import DepartmentFactory, HallFactory, RegionFactory, StaffFactory

from zhijian.audit.models import AuditEntry
from zhijian.core.actor import SYSTEM
from zhijian.organizations.actions import grant_post
from zhijian.organizations.models import Department, PostHolding, Region, Staff
from zhijian.organizations.rules import Post

pytestmark = pytest.mark.django_db

SCREENS = [
    ("organizations_staff", [], {Post.SYSTEM_ADMIN}),
    ("organizations_person", ["person"], {Post.SYSTEM_ADMIN}),
    ("organizations_departments", [], {Post.SYSTEM_ADMIN}),
    ("organizations_halls", [], {Post.SYSTEM_ADMIN, Post.OPERATOR}),
    ("organizations_hall", ["hall"], {Post.SYSTEM_ADMIN, Post.OPERATOR}),
]


@pytest.fixture
def city() -> Region:
    return RegionFactory(code="990100", name="云州市")


@pytest.fixture
def bureau(city: Region) -> Department:
    return DepartmentFactory(code="ga", region=RegionFactory(parent=city))


@pytest.fixture
def admin(city: Region) -> Staff:
    return _with_post(Post.SYSTEM_ADMIN, city)


def _with_post(post: Post, region: Region) -> Staff:
    staff = StaffFactory(department=DepartmentFactory(region=region))
    grant_post(SYSTEM, staff=staff, post=post, region=region)
    return staff


def _log_in(client: Client, staff: Staff) -> None:
    client.force_login(staff, backend="zhijian.organizations.backends.StaffBackend")


def _post(client: Client, name: str, *arguments: Any, htmx: bool = False, **content: Any) -> Any:
    headers = {"HX-Request": "true"} if htmx else {}
    return client.post(reverse(name, args=arguments), content, headers=headers)


@pytest.mark.parametrize("post", list(Post))
@pytest.mark.parametrize(("name", "needs", "allowed"), SCREENS)
def test_every_post_against_every_screen(
    client: Client, city: Region, post: Post, name: str, needs: list[str], allowed: set[Post]
) -> None:
    staff = _with_post(post, city)
    things = {"person": staff.public_id, "hall": HallFactory(region=city).code}
    _log_in(client, staff)
    answer = client.get(reverse(name, args=[things[need] for need in needs]))
    assert answer.status_code == (200 if post in allowed else 403)


@pytest.mark.parametrize("name", ["organizations_grant", "organizations_active"])
def test_changing_needs_the_post_and_a_post_request(
    client: Client, city: Region, bureau: Department, name: str, admin: Staff
) -> None:
    target = StaffFactory(department=bureau)
    _log_in(client, _with_post(Post.APPROVER, city))
    assert _post(client, name, target.public_id).status_code == 403
    _log_in(client, admin)
    assert client.get(reverse(name, args=[target.public_id])).status_code == 405


def test_the_list_is_narrowed_and_paged(client: Client, admin: Staff, bureau: Department) -> None:
    StaffFactory.create_batch(40, department=bureau)
    StaffFactory(department=bureau, name="于试验", posts=[Post.EDITOR])
    _log_in(client, admin)
    url = reverse("organizations_staff")
    first = client.get(url).content.decode()
    assert "下一页" in first
    part = client.get(url, {"post": "editor"}, headers={"HX-Request": "true", "HX-Target": "people"})
    assert "于试验" in part.content.decode()
    assert "<html" not in part.content.decode()
    assert "没有符合条件的人员" in client.get(url, {"search": "没有这个人"}).content.decode()
    assert client.get(url, {"cursor": "forged"}).status_code == 422


def test_a_post_is_granted_and_revoked(client: Client, admin: Staff, bureau: Department) -> None:
    target = StaffFactory(department=bureau)
    _log_in(client, admin)
    _post(client, "organizations_grant", target.public_id, post="editor", scope="department:ga")
    holding = target.holdings.get()
    assert (holding.post, holding.department) == ("editor", bureau)
    page = client.get(reverse("organizations_person", args=[target.public_id])).content.decode()
    assert "已授予信息编辑" in page
    assert AuditEntry.objects.filter(action="post.granted").latest("id").actor_label.endswith("系统管理员")
    answer = _post(client, "organizations_revoke", target.public_id, holding.pk, htmx=True)
    assert "已撤销信息编辑" in answer.content.decode()
    assert "<html" not in answer.content.decode()
    assert not target.holdings.exists()


@pytest.mark.parametrize(
    "scope", ["", "department:nowhere", "region:000000", "planet:earth", "department:far"]
)
def test_scopes_outside_ones_own_cannot_be_granted(
    client: Client, admin: Staff, bureau: Department, scope: str
) -> None:
    DepartmentFactory(code="far")
    target = StaffFactory(department=bureau)
    _log_in(client, admin)
    answer = _post(client, "organizations_grant", target.public_id, post="editor", scope=scope, htmx=True)
    assert answer.status_code == 422
    assert "管理范围" in answer.content.decode()
    assert not target.holdings.exists()


def test_staff_outside_ones_own_scope_do_not_exist(client: Client, admin: Staff) -> None:
    stranger = StaffFactory(posts=[Post.EDITOR])
    _log_in(client, admin)
    assert client.get(reverse("organizations_person", args=[stranger.public_id])).status_code == 404
    assert _post(client, "organizations_active", stranger.public_id, active="0").status_code == 404
    assert (
        _post(client, "organizations_revoke", stranger.public_id, stranger.holdings.get().pk).status_code
        == 404
    )


def test_a_holding_is_revoked_under_its_own_person_only(
    client: Client, admin: Staff, bureau: Department
) -> None:
    one, other = (StaffFactory(department=bureau, posts=[Post.EDITOR]) for _ in range(2))
    _log_in(client, admin)
    assert _post(client, "organizations_revoke", one.public_id, other.holdings.get().pk).status_code == 404


def test_posts_that_exclude_each_other_are_refused_in_place(
    client: Client, admin: Staff, bureau: Department
) -> None:
    target = StaffFactory(department=bureau, posts=[Post.EDITOR])
    _log_in(client, admin)
    answer = _post(
        client, "organizations_grant", target.public_id, post="audit_admin", scope="department:ga", htmx=True
    )
    assert answer.status_code == 409
    assert "不同的人担任" in answer.content.decode()
    assert answer["HX-Retarget"] == "#notices"
    assert PostHolding.objects.filter(staff=target).count() == 1


def test_ones_own_posts_are_for_another_administrator(client: Client, admin: Staff, city: Region) -> None:
    _log_in(client, admin)
    assert (
        "这是您自己" in client.get(reverse("organizations_person", args=[admin.public_id])).content.decode()
    )
    answer = _post(client, "organizations_grant", admin.public_id, post="editor", scope="region:990100")
    assert answer.status_code == 403


def test_who_leaves_is_logged_out_and_may_come_back(client: Client, admin: Staff, bureau: Department) -> None:
    target = StaffFactory(department=bureau, posts=[Post.EDITOR])
    theirs = Client()
    _log_in(theirs, target)
    _log_in(client, admin)
    _post(client, "organizations_active", target.public_id, active="0")
    assert theirs.get(reverse("console_today")).status_code == 302
    _post(client, "organizations_active", target.public_id, active="1")
    assert theirs.get(reverse("console_today")).status_code == 200


def test_hours_are_changed_or_refused_with_what_was_typed(client: Client, admin: Staff, city: Region) -> None:
    hall = HallFactory(region=city)
    _log_in(client, admin)
    good = {"days": ["1-5", "6", ""], "from": ["09:00", "10:00", ""], "to": ["17:00", "12:00", ""]}
    assert _post(client, "organizations_hall", hall.code, **good).status_code == 302
    hall.refresh_from_db()
    assert hall.hours[1] == {"days": "6", "from": "10:00", "to": "12:00"}
    assert "周六 10:00–12:00" in client.get(reverse("organizations_halls")).content.decode()
    bad = _post(client, "organizations_hall", hall.code, **(good | {"to": ["17:00", "9点", ""]}))
    assert bad.status_code == 422
    assert "时间请写成" in bad.content.decode()
    assert "9点" in bad.content.decode()


def test_a_hall_outside_ones_own_scope_is_read_only(client: Client, city: Region) -> None:
    hall = HallFactory()
    _log_in(client, _with_post(Post.OPERATOR, city))
    content = {"days": ["7"], "from": ["00:00"], "to": ["23:00"]}
    assert "只能查看" in _post(client, "organizations_hall", hall.code, **content).content.decode()
    hall.refresh_from_db()
    assert hall.hours[0]["days"] == "1-5"


@pytest.mark.parametrize("name", ["organizations_staff", "organizations_departments", "organizations_halls"])
def test_screens_cost_the_same_for_any_length(
    client: Client, admin: Staff, city: Region, name: str, django_assert_max_num_queries: Any
) -> None:
    _log_in(client, admin)
    for _ in range(2):
        StaffFactory.create_batch(8, department=DepartmentFactory(region=city), posts=[Post.EDITOR])
        HallFactory.create_batch(8, region=city)
        with django_assert_max_num_queries(8):
            client.get(reverse(name))
