"""Data scope: a department is itself, a region is all below it."""

from collections.abc import Callable
from typing import Any

import pytest
from organizations.factories import DepartmentFactory, RegionFactory, StaffFactory

from zhijian.core.actor import SYSTEM
from zhijian.organizations import queries
from zhijian.organizations.actions import grant_post
from zhijian.organizations.models import Department, Region, Staff
from zhijian.organizations.queries import holds
from zhijian.organizations.rules import Post

pytestmark = pytest.mark.django_db


@pytest.fixture
def city() -> Region:
    return RegionFactory(code="990100", name="云州市")


@pytest.fixture
def tree(city: Region) -> dict[str, Department]:
    """A department in the city, one in a district, one in a street of it, one in another district."""
    lake, south = RegionFactory(parent=city), RegionFactory(parent=city)
    street = RegionFactory(parent=lake)
    places = {"city": city, "lake": lake, "street": street, "south": south}
    return {name: DepartmentFactory(code=name, region=region) for name, region in places.items()}


def _holder(post: Post, **scope: Any) -> Staff:
    staff = StaffFactory()
    grant_post(SYSTEM, staff=staff, post=post, **scope)
    return staff


def _covered(staff: Staff, *posts: Post) -> set[str]:
    return set(queries.departments_in_scope(staff, *posts).values_list("code", flat=True)) & {
        "city",
        "lake",
        "street",
        "south",
    }


def test_a_department_covers_itself_only(tree: dict[str, Department]) -> None:
    staff = _holder(Post.CASE_OFFICER, department=tree["lake"])
    assert _covered(staff, Post.CASE_OFFICER) == {"lake"}
    assert holds(staff, Post.CASE_OFFICER, department=tree["lake"])
    assert not holds(staff, Post.CASE_OFFICER, department=tree["city"])


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("city", {"city", "lake", "street", "south"}),
        ("lake", {"lake", "street"}),
        ("street", {"street"}),
        ("south", {"south"}),
    ],
)
def test_a_region_covers_what_is_below(tree: dict[str, Department], at: str, expected: set[str]) -> None:
    staff = _holder(Post.SUPERVISOR, region=tree[at].region)
    assert _covered(staff, Post.SUPERVISOR) == expected
    for name, department in tree.items():
        assert holds(staff, Post.SUPERVISOR, department=department) == (name in expected)
        assert (staff in queries.holders(Post.SUPERVISOR, department=department)) == (name in expected)


def test_scope_belongs_to_the_post(tree: dict[str, Department]) -> None:
    staff = _holder(Post.CASE_OFFICER, department=tree["lake"])
    grant_post(SYSTEM, staff=staff, post=Post.APPROVER, department=tree["south"])
    assert _covered(staff, Post.CASE_OFFICER) == {"lake"}
    assert _covered(staff, Post.APPROVER) == {"south"}
    assert _covered(staff, Post.CASE_OFFICER, Post.APPROVER) == {"lake", "south"}
    assert _covered(staff, Post.EDITOR) == set()


def test_who_left_covers_nothing(tree: dict[str, Department]) -> None:
    staff = _holder(Post.SUPERVISOR, region=tree["city"].region)
    staff.is_active = False
    assert _covered(staff, Post.SUPERVISOR) == set()
    assert not holds(staff, Post.SUPERVISOR)


def test_scope_is_one_statement_and_a_subquery(
    tree: dict[str, Department], django_assert_num_queries: Callable[..., Any]
) -> None:
    staff = _holder(Post.SUPERVISOR, region=tree["lake"].region)
    with django_assert_num_queries(1):
        inside = Staff.objects.filter(department__in=queries.departments_in_scope(staff, Post.SUPERVISOR))
        list(inside)


def test_posts_are_read_once_a_request(django_assert_num_queries: Callable[..., Any]) -> None:
    staff = Staff.objects.get(pk=StaffFactory(posts=[Post.EDITOR, Post.REVIEWER]).pk)
    with django_assert_num_queries(1):
        assert queries.posts_of(staff) == {Post.EDITOR, Post.REVIEWER}
        assert holds(staff, Post.EDITOR)
        assert not holds(staff, Post.APPROVER)


def test_ancestors_lowest_first(tree: dict[str, Department]) -> None:
    street = tree["street"].region
    assert queries.ancestors(street) == [street, tree["lake"].region, tree["city"].region]


def test_staff_list_costs_the_same_for_any_length(
    city: Region, django_assert_num_queries: Callable[..., Any]
) -> None:
    admin = _holder(Post.SYSTEM_ADMIN, region=city)
    department = DepartmentFactory(region=city)
    for count in (2, 10):
        StaffFactory.create_batch(count, department=department, posts=[Post.EDITOR])
        with django_assert_num_queries(2):
            rows = list(queries.staff_list(admin, post=Post.EDITOR))
            assert [row.department.name for row in rows for _ in row.holdings.all()]


def test_staff_list_finds_by_name_department_and_post(city: Region) -> None:
    admin = _holder(Post.SYSTEM_ADMIN, region=city)
    department = DepartmentFactory(region=RegionFactory(parent=city))
    one = StaffFactory(name="于试验", username="ga_item1", department=department, posts=[Post.EDITOR])
    StaffFactory(department=DepartmentFactory(region=city), posts=[Post.REVIEWER])
    StaffFactory(posts=[Post.EDITOR])  # outside the city
    assert list(queries.staff_list(admin, search="于试")) == [one]
    assert list(queries.staff_list(admin, search="GA_")) == [one]
    assert list(queries.staff_list(admin, department=department.code)) == [one]
    assert list(queries.staff_list(admin, post=Post.EDITOR)) == [one]
    assert list(queries.staff_list(admin, search="没有")) == []
    assert not queries.staff_list(one).exists()


def test_regions_in_scope(tree: dict[str, Department]) -> None:
    staff = _holder(Post.OPERATOR, region=tree["lake"].region)
    below = {tree["lake"].region, tree["street"].region}
    assert set(queries.regions_in_scope(staff, Post.OPERATOR)) == below
    assert not queries.regions_in_scope(staff, Post.EDITOR).exists()
    staff.is_active = False
    assert not queries.regions_in_scope(staff, Post.OPERATOR).exists()


def test_departments_and_halls_are_one_statement_each(django_assert_num_queries: Callable[..., Any]) -> None:
    DepartmentFactory.create_batch(5)
    with django_assert_num_queries(1):
        assert [row.region.name for row in queries.department_list()]
    with django_assert_num_queries(1):
        list(queries.hall_list())
