"""How many numbers for walk-ins a day has, and how many are given out."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from zhijian.appointments.models import CounterGroup, Seat, Visit
from zhijian.appointments.rules.states import Pool, VisitKind


@dataclass(frozen=True, slots=True)
class Share:
    """Walk-in numbers of one item on one day. Who was late for a booking takes none of them."""

    total: int
    used: int

    @property
    def left(self) -> int:
        return max(0, self.total - self.used)


def walk_ins(group: CounterGroup, item_code: str, day: date) -> Share:
    """Exact while the group's day is locked. Two queries."""
    seats = Seat.objects.filter(
        slot__group=group, slot__date=day, slot__item_code=item_code, slot__closed=False, pool=Pool.WALK_IN
    )
    given = Visit.objects.filter(
        group=group, day=day, item_code=item_code, kind=VisitKind.WALK_IN, booking=None
    )
    return Share(seats.count(), given.count())


def walk_ins_of(groups: list[CounterGroup], day: date) -> dict[tuple[int, str], Share]:
    """The shares of these groups by (group key, item code); items without numbers are absent. Two queries."""
    seats = Seat.objects.filter(
        slot__group__in=groups, slot__date=day, slot__closed=False, pool=Pool.WALK_IN
    ).values_list("slot__group_id", "slot__item_code")
    given = Visit.objects.filter(group__in=groups, day=day, kind=VisitKind.WALK_IN, booking=None)
    totals = {(group, code): count for group, code, count in seats.annotate(count=Count("pk"))}
    used = {
        (group, code): count
        for group, code, count in given.values_list("group_id", "item_code").annotate(count=Count("pk"))
    }
    return {key: Share(total, used.get(key, 0)) for key, total in totals.items()}
