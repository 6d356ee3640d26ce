"""Who holds what, and where. ``departments_in_scope`` is the one place that turns posts into data scope."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Prefetch, Q, QuerySet
from django.db.models.expressions import RawSQL

from zhijian.organizations.models import Department, Hall, PostHolding, Region, Staff
from zhijian.organizations.rules import Post

_CACHE = "_holdings_cache"

_REGIONS_HELD = """
WITH RECURSIVE reach(id) AS (
    SELECT holding.region_id FROM organizations_postholding holding
    WHERE holding.staff_id = %s AND holding.post = ANY(%s) AND holding.region_id IS NOT NULL
  UNION
    SELECT region.id FROM organizations_region region JOIN reach ON region.parent_id = reach.id
) SELECT id FROM reach
"""


def holdings(staff: Staff) -> list[PostHolding]:
    """The posts that ``staff`` holds; kept on the object, which lives for one request. None once they left."""
    if not staff.is_active:
        return []
    if _CACHE not in staff.__dict__:
        staff.__dict__[_CACHE] = list(staff.holdings.select_related("department", "region"))
    found: list[PostHolding] = staff.__dict__[_CACHE]
    return found


def forget_holdings(staff: Staff) -> None:
    """After a change of posts: the next question reads them anew."""
    staff.__dict__.pop(_CACHE, None)


def posts_of(user: Staff | AnonymousUser) -> frozenset[str]:
    """The codes of the posts a user holds; empty for whoever isn't logged in."""
    return frozenset(holding.post for holding in holdings(user)) if isinstance(user, Staff) else frozenset()


def holds(staff: Staff, post: str, *, department: Department | None = None) -> bool:
    """Whether ``staff`` holds ``post``; with ``department``, whether its scope covers that one."""
    held = [holding for holding in holdings(staff) if holding.post == post]
    if department is None or not held:
        return bool(held)
    if any(holding.department_id == department.pk for holding in held):
        return True
    regional = any(holding.region_id for holding in held)
    return regional and departments_in_scope(staff, post).filter(pk=department.pk).exists()


def departments_in_scope(staff: Staff, *posts: str) -> QuerySet[Department]:
    """Departments that ``staff`` covers in any of ``posts``; a region covers all regions below it.

    Lazy: usable as a subquery (``department__in=``), so a list and its scope stay one statement.
    """
    if not staff.is_active:
        return Department.objects.none()
    own = Q(holdings__staff=staff, holdings__post__in=posts)
    regional = Q(region_id__in=RawSQL(_REGIONS_HELD, [staff.pk, list(posts)]))  # noqa: S611 - constant text
    return Department.objects.filter(
        Q(pk__in=Department.objects.filter(own).order_by().values("pk")) | regional
    )


def regions_in_scope(staff: Staff, *posts: str) -> QuerySet[Region]:
    """Regions that ``staff`` covers in any of ``posts``: those held and all below them. Lazy."""
    if not staff.is_active:
        return Region.objects.none()
    reach = RawSQL(_REGIONS_HELD, [staff.pk, list(posts)])  # noqa: S611 - constant text
    return Region.objects.filter(pk__in=reach)


def holders(post: str, *, department: Department) -> QuerySet[Staff]:
    """Active staff who hold ``post`` for ``department``, by its own name or through a region above it."""
    above = ancestors(department.region)
    scope = Q(holdings__department=department) | Q(holdings__region__in=above)
    return Staff.objects.filter(scope, holdings__post=post, is_active=True).distinct()


def ancestors(region: Region) -> list[Region]:
    """``region`` and the regions above it, lowest first."""
    sql = """
    WITH RECURSIVE up(id, depth) AS (
        SELECT %s::bigint, 0
      UNION ALL
        SELECT region.parent_id, up.depth + 1 FROM organizations_region region JOIN up ON region.id = up.id
        WHERE region.parent_id IS NOT NULL AND up.depth < 20
    ) SELECT region.* FROM organizations_region region JOIN up USING (id) ORDER BY up.depth
    """
    return list(Region.objects.raw(sql, [region.pk]))


def staff_list(admin: Staff, *, search: str = "", department: str = "", post: str = "") -> QuerySet[Staff]:
    """Staff of the departments that ``admin`` administers, with department and posts: two statements
    whatever its length."""
    found = Staff.objects.filter(department__in=departments_in_scope(admin, Post.SYSTEM_ADMIN))
    found = found.select_related("department").prefetch_related(
        Prefetch("holdings", PostHolding.objects.select_related("department", "region"))
    )
    if search:
        found = found.filter(Q(name__icontains=search) | Q(username__icontains=search))
    if department:
        found = found.filter(department__code=department)
    if post:
        found = found.filter(pk__in=PostHolding.objects.filter(post=post).values("staff_id"))
    return found.order_by("username")


def department_list() -> QuerySet[Department]:
    return Department.objects.select_related("region").order_by("-is_centre", "code")


def hall_list() -> QuerySet[Hall]:
    return Hall.objects.select_related("region").order_by("code")
