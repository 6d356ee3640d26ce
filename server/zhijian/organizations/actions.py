"""The only writers of posts, staff and halls."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Q

from zhijian.audit.actions import record
from zhijian.core.actor import Actor
from zhijian.core.errors import FieldError
from zhijian.core.events import emit
from zhijian.organizations import errors, held, queries, rules
from zhijian.organizations.events import HallChanged, PostGranted, PostRevoked
from zhijian.organizations.models import Department, Hall, PostHolding, Region, Staff
from zhijian.organizations.rules import Post


@transaction.atomic
def grant_post(
    actor: Actor,
    *,
    staff: Staff,
    post: str,
    department: Department | None = None,
    region: Region | None = None,
) -> PostHolding:
    """Give ``staff`` a post for one department, or for one region with all below it. Granting again changes nothing.

    Raises PostUnknown, ScopeNeeded, OwnPosts, StaffLeft, PostsExclude.
    """
    if post not in Post.values:
        raise errors.PostUnknown
    if (department is None) == (region is None):
        raise errors.ScopeNeeded
    _refuse_own(actor, staff)
    locked = Staff.objects.select_for_update().get(pk=staff.pk)
    if not locked.is_active:
        raise errors.StaffLeft
    present = set(locked.holdings.values_list("post", flat=True))
    excluded_by = rules.forbidden_with(present, post)
    if excluded_by:
        raise errors.PostsExclude(
            f"{rules.label(excluded_by)}与{rules.label(post)}必须由不同的人担任，请先撤销原岗位或另选一人"
        )
    holding, created = PostHolding.objects.get_or_create(
        staff=locked, post=post, department=department, region=region
    )
    if created:
        _tell(actor, "post.granted", holding)
        emit(PostGranted(staff_id=staff.pk, post=post))
        sync_groups(staff)
    return holding


@transaction.atomic
def revoke_post(
    actor: Actor, *, holding: PostHolding, receiver: Staff | None = None
) -> dict[str, held.Moved]:
    """Take a post away, and hand on the work that goes with it; see :func:`zhijian.organizations.held.hand_on`.

    Raises OwnPosts, LastAdministrator, ReceiverUnfit.
    """
    _refuse_own(actor, holding.staff)
    if holding.post == Post.SYSTEM_ADMIN:
        # All rows of the post are locked: two administrators revoking each other cannot both succeed.
        others = PostHolding.objects.select_for_update(of=("self",)).filter(post=Post.SYSTEM_ADMIN)
        if not [row for row in others if row.staff_id != holding.staff_id]:
            raise errors.LastAdministrator
    staff = Staff.objects.select_for_update().get(pk=holding.staff_id)
    _tell(actor, "post.revoked", holding)
    emit(PostRevoked(staff_id=staff.pk, post=holding.post))
    holding.delete()
    sync_groups(staff)
    return _hand_on(actor, staff, receiver)


@transaction.atomic
def set_active(
    actor: Actor, *, staff: Staff, active: bool, receiver: Staff | None = None
) -> dict[str, held.Moved]:
    """Someone leaves (log-in and all scopes end at once, and their work is handed on) or comes back.

    Raises OwnPosts, ReceiverUnfit.
    """
    _refuse_own(actor, staff)
    locked = Staff.objects.select_for_update().get(pk=staff.pk)
    if locked.is_active != active:
        locked.is_active = active
        locked.save(update_fields=["is_active"])
        record(actor, "staff.restored" if active else "staff.left", subject=f"staff:{locked.public_id}")
    staff.is_active = active
    queries.forget_holdings(staff)
    return {} if active else _hand_on(actor, locked, receiver)


def _hand_on(actor: Actor, holder: Staff, receiver: Staff | None) -> dict[str, held.Moved]:
    if receiver is not None and (not receiver.is_active or receiver.pk == holder.pk):
        raise errors.ReceiverUnfit
    moved = held.hand_on(actor, holder, receiver)
    if moved:
        facts = {key: {"given": one.given, "freed": one.freed} for key, one in moved.items()}
        to = {"receiver": receiver.public_id} if receiver else {}
        record(actor, "staff.work_moved", subject=f"staff:{holder.public_id}", facts=facts | to)
    return moved


@transaction.atomic
def set_hours(actor: Actor, *, hall: Hall, hours: list[dict[str, str]]) -> Hall:
    """Replace a hall's opening hours. Raises HoursWrong naming the row."""
    faults = rules.hours_faults(hours)
    if faults:
        raise errors.HoursWrong(fields=[FieldError(f"/{row}", "hours", words) for row, words in faults])
    locked = Hall.objects.select_for_update().get(pk=hall.pk)
    locked.hours = hours
    locked.save(update_fields=["hours"])
    record(actor, "hall.hours_changed", subject=f"hall:{locked.code}", facts={"hours": hours})
    emit(HallChanged(hall_code=locked.code))
    return locked


def sync_groups(staff: Staff) -> None:
    """Make the Django groups of ``staff`` those of their posts, so that Wagtail's own screens agree with ours."""
    queries.forget_holdings(staff)
    wanted = {rules.label(post): post for post in staff.holdings.order_by().values_list("post", flat=True)}
    groups = {group.name: group for group in Group.objects.filter(name__in=wanted)}
    missing = [post for name, post in wanted.items() if name not in groups]
    staff.groups.set([*groups.values(), *ensure_groups(missing).values()])


@transaction.atomic
def ensure_groups(posts: Iterable[str]) -> dict[str, Group]:
    """The group of each post with exactly the permissions that the rules give it; to be called for all posts
    after an upgrade."""
    groups = {}
    for post in sorted(posts):
        group, _ = Group.objects.get_or_create(name=rules.label(post))
        group.permissions.set(_permissions(rules.permissions_of([post])))
        groups[post] = group
    return groups


def _permissions(names: Iterable[str]) -> list[Permission]:
    wanted = Q(pk__in=[])
    for name in names:
        app, codename = name.split(".")
        wanted |= Q(content_type__app_label=app, codename=codename)
    return list(Permission.objects.filter(wanted))


def _refuse_own(actor: Actor, staff: Staff) -> None:
    if actor.kind == "staff" and actor.key == staff.public_id:
        raise errors.OwnPosts


def _tell(actor: Actor, event: str, holding: PostHolding) -> None:
    scope = holding.department or holding.region
    facts: dict[str, Any] = {"post": holding.post, "scope": scope.code if scope else ""}
    record(actor, event, subject=f"staff:{holding.staff.public_id}", facts=facts)
