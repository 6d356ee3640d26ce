"""Whose halls and groups are whose. Managers write; officers of a window look."""

from django.db.models import Q, QuerySet

from zhijian.appointments.models import CounterGroup, Schedule
from zhijian.organizations.models import Hall, Staff
from zhijian.organizations.queries import departments_in_scope, regions_in_scope
from zhijian.organizations.rules import Post

WRITERS = (Post.HALL_MANAGER,)
READERS = (Post.HALL_MANAGER, Post.WINDOW_OFFICER)


def groups_visible_to(staff: Staff, *, posts: tuple[Post, ...] = READERS) -> QuerySet[CounterGroup]:
    """Groups of halls in the staff's regions, and groups of their departments in any hall."""
    return CounterGroup.objects.filter(_scope(staff, posts)).select_related("hall", "department")


def halls_visible_to(staff: Staff, *, posts: tuple[Post, ...] = READERS) -> QuerySet[Hall]:
    """Halls in the staff's regions, and halls in which their departments have a group."""
    groups = groups_visible_to(staff, posts=posts).order_by().values("hall_id")
    return Hall.objects.filter(Q(region__in=regions_in_scope(staff, *posts)) | Q(pk__in=groups))


def schedules_visible_to(staff: Staff, *, posts: tuple[Post, ...] = READERS) -> QuerySet[Schedule]:
    groups = groups_visible_to(staff, posts=posts).order_by().values("pk")
    return Schedule.objects.filter(group__in=groups).select_related("group__hall", "group__department")


def manages_group(staff: Staff, group: CounterGroup) -> bool:
    return groups_visible_to(staff, posts=WRITERS).filter(pk=group.pk).exists()


def manages_hall(staff: Staff, hall: Hall) -> bool:
    """Whether the hall as a whole is theirs: that takes its region, not one department in it."""
    return regions_in_scope(staff, *WRITERS).filter(pk=hall.region_id).exists()


def _scope(staff: Staff, posts: tuple[Post, ...]) -> Q:
    return Q(hall__region__in=regions_in_scope(staff, *posts)) | Q(
        department__in=departments_in_scope(staff, *posts)
    )
