"""Reads of rushes: the coming ones, a person's place, who may book what, the draw for everybody to check."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.db.models import Count, F, Q, QuerySet
from django.db.models.expressions import RawSQL

from zhijian.appointments import errors
from zhijian.appointments.models import Booking, Claim, QueueEntry, Rush, Seat, Slot
from zhijian.appointments.rules import admission
from zhijian.appointments.rules.draw import Outcome
from zhijian.appointments.rules.states import RushMode
from zhijian.core.clock import now
from zhijian.core.pagination import Page, paginate
from zhijian.identity.models import Citizen
from zhijian.organizations.models import Region, Staff
from zhijian.organizations.queries import departments_in_scope, regions_in_scope
from zhijian.organizations.rules import Post

_BELOW = """
WITH RECURSIVE below(id) AS (
    SELECT %s::bigint UNION SELECT region.id FROM organizations_region region JOIN below ON region.parent_id = below.id
) SELECT id FROM below
"""


def visible_to(staff: Staff) -> QuerySet[Rush]:
    """The rushes of the regions that a hall manager covers."""
    return Rush.objects.filter(region__in=regions_of(staff))


def regions_of(staff: Staff) -> QuerySet[Region]:
    """Where ``staff`` may arrange a rush."""
    own = departments_in_scope(staff, Post.HALL_MANAGER).order_by().values("region_id")
    held = regions_in_scope(staff, Post.HALL_MANAGER).order_by().values("pk")
    return Region.objects.filter(Q(pk__in=held) | Q(pk__in=own))


def current_rushes() -> list[Rush]:
    """Rushes that are announced or run, or that settled in the last week; the next to open first. One query."""
    recent = now() - timedelta(days=7)
    return list(Rush.objects.filter(closes_at__gt=recent).select_related("region").order_by("opens_at", "id"))


def rush_by_id(public_id: str) -> Rush:
    """Raises RushUnknown."""
    rush = Rush.objects.filter(public_id=public_id).select_related("region").first()
    if rush is None:
        raise errors.RushUnknown
    return rush


def drawn_rush(public_id: str) -> Rush:
    """A rush whose places are drawn. Raises RushUnknown, also for a queue."""
    rush = rush_by_id(public_id)
    if rush.mode != RushMode.DRAW:
        raise errors.RushUnknown
    return rush


def slots_for(*, region: Region, item_code: str, first: date, last: date) -> QuerySet[Slot]:
    """The slots that a rush of these dates would take: in the region's halls and those below it."""
    below = RawSQL(_BELOW, [region.pk])  # noqa: S611 - constant text
    return Slot.objects.filter(
        item_code=item_code, date__gte=first, date__lte=last, group__hall__region__in=below
    )


def pace_of(rush: Rush) -> admission.Pace:
    return admission.Pace(
        rush.opens_at, rush.closes_at, rush.per_second, timedelta(minutes=rush.window_minutes)
    )


def entry_of(rush: Rush, citizen: Citizen) -> QueueEntry:
    """Raises NotJoined."""
    entry = QueueEntry.objects.filter(rush=rush, citizen=citizen).select_related("booking").first()
    if entry is None:
        raise errors.NotJoined
    return entry


def admitted(citizen: Citizen, slot: Slot, moment: datetime) -> bool:
    """Whether this person may book this slot now as far as its rush goes; always, where there is none.

    At most two queries: the rush unless it is loaded, and the person's position.
    """
    rush = slot.rush
    if rush is None:
        return True
    if rush.mode == RushMode.DRAW:
        return rush.drawn_at is not None
    found = QueueEntry.objects.filter(rush=rush, citizen=citizen).values_list("position", flat=True).first()
    return admission.may_book(pace_of(rush), found, moment)


def has_claim(citizen_id: int, item_code: str, moment: datetime) -> bool:
    """Whether this person has a booking of the item that has not run out."""
    return Claim.objects.filter(citizen=citizen_id, item_code=item_code, until__gt=moment).exists()


def seats_of(rush: Rush, moment: datetime) -> tuple[int, int]:
    """How many places the rush gives out, and how many are free. One query."""
    seats = Seat.objects.filter(slot__rush=rush, slot__closed=False, pool__in=admission.POOLS)
    found = seats.aggregate(all=Count("pk"), free=Count("pk", filter=Q(until__lte=moment)))
    return found["all"], found["free"]


def outcome_of(entry: QueueEntry) -> Outcome:
    """What a settled draw gave this entry, and if nothing, why."""
    if entry.booking_id:
        return Outcome.WON
    drawn_at = entry.rush.drawn_at
    other = Booking.objects.filter(
        citizen_id=entry.citizen_id, item_code=entry.rush.item_code, confirmed_at__lte=drawn_at
    ).filter(Q(ended_at__isnull=True) | Q(ended_at__gt=drawn_at), slot__ends_at__gt=drawn_at)
    return Outcome.ALREADY_BOOKED if other.exists() else Outcome.WISHES_FULL


def draw_page(rush: Rush, *, cursor: str | None, size: int = 500) -> Page[QueueEntry]:
    """A settled draw in its order, without persons. One query."""
    drawn = QueueEntry.objects.filter(rush=rush, rank__isnull=False).only("public_id", "rank", "booking_id")
    return paginate(drawn, order=("rank", "id"), cursor=cursor, size=size)


def due_draws(moment: datetime) -> list[Rush]:
    """Draws whose entry is over and that are not settled."""
    return list(Rush.objects.filter(mode=RushMode.DRAW, drawn_at=None, closes_at__lte=moment))


def slots_with_places(rush: Rush, moment: datetime) -> list[Slot]:
    """The rush's slots with ``seat_count`` and ``free_count`` of what it gives out, by time. One query."""
    offered = Q(seats__pool__in=admission.POOLS)
    counted = rush.slots.annotate(
        seat_count=Count("seats", filter=offered),
        free_count=Count("seats", filter=offered & Q(seats__until__lte=moment)),
    )
    return list(counted.select_related("group__hall").order_by("starts_at", F("group_id")))


def known_wishes(rush: Rush, wishes: Collection[str]) -> set[str]:
    """Those of ``wishes`` that are bookable slots of the rush."""
    return set(rush.slots.filter(public_id__in=wishes, closed=False).values_list("public_id", flat=True))
