"""More or fewer seats of one slot, now: a counter more is open, or one fewer."""

from django.db import transaction

from zhijian.appointments import errors
from zhijian.appointments.actions.supply.guard import hold, managing
from zhijian.appointments.actions.supply.steps import add_seats
from zhijian.appointments.actions.waiting import advance
from zhijian.appointments.models import Seat, Slot
from zhijian.appointments.rules.states import Pool
from zhijian.audit.actions import record
from zhijian.core.actor import Actor
from zhijian.core.clock import now
from zhijian.core.errors import FieldError

MOST = 50


@transaction.atomic
def add_capacity(actor: Actor, *, slot: Slot, pool: str, count: int) -> None:
    """Add ``count`` free seats; whoever waits for one hears of it.

    Raises OutOfScope, SlotPast, SlotClosed, SupplyWrong.
    """
    named, fresh = _begin(actor, slot, pool, count)
    add_seats(fresh.pk, pool, count, until=now())
    _tell(named, fresh, pool, count)
    advance(fresh)


@transaction.atomic
def remove_capacity(actor: Actor, *, slot: Slot, pool: str, count: int) -> None:
    """Remove ``count`` free seats. Raises SeatsTaken when fewer are free (then none is removed), and as adding does."""
    named, fresh = _begin(actor, slot, pool, count)
    free = Seat.objects.filter(slot=fresh, pool=pool, until__lte=now()).order_by("-number")
    seats = list(free.select_for_update(skip_locked=True).values_list("pk", flat=True)[:count])
    if len(seats) < count:
        words = (
            f"{Pool(pool).label}现在只有{len(seats)}个空号。"
            if seats
            else f"{Pool(pool).label}现在没有空号。"
        )
        raise errors.SeatsTaken(f"{words}要减已约出的号，请修改号源计划或停办，受影响的人会先得到改约。")
    Seat.objects.filter(pk__in=seats).delete()
    _tell(named, fresh, pool, -count)


def _begin(actor: Actor, slot: Slot, pool: str, count: int) -> tuple[Actor, Slot]:
    if pool not in Pool.values:
        raise errors.SupplyWrong(fields=[FieldError("/pool", "pool", "请选择号别")])
    if not 1 <= count <= MOST:
        raise errors.SupplyWrong(fields=[FieldError("/count", "count", f"数量请填1到{MOST}")])
    hold(slot.group.hall)  # not while a change of the plan counts the same seats
    fresh = Slot.objects.select_related("group__hall", "schedule").get(pk=slot.pk)
    named = managing(actor, hall=fresh.group.hall, group=fresh.group)
    if fresh.ends_at <= now():
        raise errors.SlotPast
    if fresh.closed:
        raise errors.SlotClosed
    return named, fresh


def _tell(actor: Actor, slot: Slot, pool: str, change: int) -> None:
    record(
        actor,
        "supply.capacity_changed",
        subject=f"slot:{slot.public_id}",
        facts={"pool": pool, "change": change},
    )
