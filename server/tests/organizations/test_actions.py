"""Granting and revoking posts, against the real database."""

import pytest
from django.contrib.auth.models import Permission
from django.db import IntegrityError, transaction
from organizations.factories import DepartmentFactory, HallFactory, RegionFactory, StaffFactory

from zhijian.audit.models import AuditEntry
from zhijian.core.actor import SYSTEM
from zhijian.organizations import actions, errors
from zhijian.organizations.models import PostHolding, Staff
from zhijian.organizations.queries import holds
from zhijian.organizations.rules import Post

pytestmark = pytest.mark.django_db


def test_a_post_opens_the_console() -> None:
    staff = StaffFactory(posts=[Post.CASE_OFFICER])
    fresh = Staff.objects.get(pk=staff.pk)
    assert fresh.has_perm("wagtailadmin.access_admin")
    assert holds(fresh, Post.CASE_OFFICER)
    assert not holds(fresh, Post.APPROVER)


def test_without_a_post_the_console_is_shut() -> None:
    assert not StaffFactory().has_perm("wagtailadmin.access_admin")


def test_the_group_of_a_post_has_what_the_rules_say() -> None:
    group = actions.ensure_groups([Post.AUDIT_ADMIN])[Post.AUDIT_ADMIN]
    group.permissions.add(Permission.objects.filter(codename="add_staff").get())  # someone widened it by hand
    actions.ensure_groups([Post.AUDIT_ADMIN])
    assert [permission.codename for permission in group.permissions.all()] == ["access_admin"]


def test_revoking_shuts_it_again() -> None:
    staff = StaffFactory(posts=[Post.CASE_OFFICER])
    actions.revoke_post(SYSTEM, holding=staff.holdings.get())
    assert not Staff.objects.get(pk=staff.pk).has_perm("wagtailadmin.access_admin")
    assert not holds(staff, Post.CASE_OFFICER)


def test_granting_twice_is_granting_once() -> None:
    staff = StaffFactory(posts=[Post.EDITOR, Post.EDITOR])
    assert staff.holdings.count() == 1
    assert AuditEntry.objects.filter(action="post.granted").count() == 1


def test_granting_and_revoking_are_audited_without_names() -> None:
    staff = StaffFactory(posts=[Post.EDITOR])
    actions.revoke_post(SYSTEM, holding=staff.holdings.get())
    entries = AuditEntry.objects.filter(subject=f"staff:{staff.public_id}").order_by("id")
    assert [entry.action for entry in entries] == ["post.granted", "post.revoked"]
    assert entries[0].facts == {"post": "editor", "scope": staff.department.code}
    assert staff.name not in str(list(entries.values()))


@pytest.mark.parametrize(
    ("held", "wanted"),
    [
        (Post.SYSTEM_ADMIN, Post.AUDIT_ADMIN),
        (Post.SECURITY_ADMIN, Post.SYSTEM_ADMIN),
        (Post.AUDIT_ADMIN, Post.CASE_OFFICER),
        (Post.APPROVER, Post.SECURITY_ADMIN),
    ],
)
def test_administrators_are_three_separate_persons(held: Post, wanted: Post) -> None:
    staff = StaffFactory(posts=[held])
    with pytest.raises(errors.PostsExclude, match="不同的人"):
        actions.grant_post(SYSTEM, staff=staff, post=wanted, department=staff.department)
    assert [holding.post for holding in staff.holdings.all()] == [held]


def test_nobody_grants_to_themselves() -> None:
    staff = StaffFactory(posts=[Post.SYSTEM_ADMIN])
    with pytest.raises(errors.OwnPosts):
        actions.grant_post(staff.actor, staff=staff, post=Post.SYSTEM_ADMIN, region=staff.department.region)
    with pytest.raises(errors.OwnPosts):
        actions.revoke_post(staff.actor, holding=staff.holdings.get())
    with pytest.raises(errors.OwnPosts):
        actions.set_active(staff.actor, staff=staff, active=False)


def test_the_last_system_administrator_stays() -> None:
    only = StaffFactory(posts=[Post.SYSTEM_ADMIN])
    with pytest.raises(errors.LastAdministrator):
        actions.revoke_post(SYSTEM, holding=only.holdings.get())
    StaffFactory(posts=[Post.SYSTEM_ADMIN])
    actions.revoke_post(SYSTEM, holding=only.holdings.get())


@pytest.mark.parametrize("scopes", [0, 2])
def test_a_post_has_exactly_one_scope(scopes: int) -> None:
    staff = StaffFactory()
    scope = {"department": staff.department, "region": staff.department.region} if scopes else {}
    with pytest.raises(errors.ScopeNeeded):
        actions.grant_post(SYSTEM, staff=staff, post=Post.EDITOR, **scope)
    with pytest.raises(IntegrityError, match="post_has_one_scope"), transaction.atomic():
        PostHolding.objects.create(staff=staff, post=Post.EDITOR, **scope)


def test_an_unknown_post_is_refused_by_rule_and_by_database() -> None:
    staff = StaffFactory()
    with pytest.raises(errors.PostUnknown):
        actions.grant_post(SYSTEM, staff=staff, post="king", department=staff.department)
    with pytest.raises(IntegrityError, match="post_is_known"), transaction.atomic():
        PostHolding.objects.create(staff=staff, post="king", department=staff.department)


def test_the_database_refuses_the_same_post_twice() -> None:
    staff = StaffFactory(posts=[Post.EDITOR])
    with pytest.raises(IntegrityError, match="post_once_a_scope"), transaction.atomic():
        PostHolding.objects.create(staff=staff, post=Post.EDITOR, department=staff.department)


def test_who_left_has_no_scope_and_gets_no_post() -> None:
    staff = StaffFactory(posts=[Post.EDITOR])
    actions.set_active(SYSTEM, staff=staff, active=False)
    assert not holds(staff, Post.EDITOR)
    with pytest.raises(errors.StaffLeft):
        actions.grant_post(SYSTEM, staff=staff, post=Post.REVIEWER, department=staff.department)
    actions.set_active(SYSTEM, staff=staff, active=True)
    assert holds(staff, Post.EDITOR)
    told = AuditEntry.objects.filter(action__startswith="staff.").order_by("id")
    assert [entry.action for entry in told] == ["staff.left", "staff.restored"]


def test_hours_are_replaced_or_refused_whole() -> None:
    hall = HallFactory()
    good = [{"days": "6", "from": "09:00", "to": "12:00"}]
    assert actions.set_hours(SYSTEM, hall=hall, hours=good).hours == good
    with pytest.raises(errors.HoursWrong) as refusal:
        actions.set_hours(SYSTEM, hall=hall, hours=[*good, {"days": "9", "from": "1", "to": "2"}])
    assert [fault.path for fault in refusal.value.fields] == ["/1"]
    hall.refresh_from_db()
    assert hall.hours == good


def test_actors_are_named_by_post_never_by_person() -> None:
    staff = StaffFactory(
        name="试验甲", department=DepartmentFactory(short_name="公安局", region=RegionFactory())
    )
    assert staff.actor.label == "公安局工作人员"
    assert staff.actor_as(Post.APPROVER).label == "公安局审批人员"
    assert staff.actor.key == staff.public_id
