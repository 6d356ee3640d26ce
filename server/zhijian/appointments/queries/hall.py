"""What a hall's queues look like from outside: for the app, the calling screen and the kiosk. Nothing of persons."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Avg, Count, F, Q, QuerySet

from zhijian.appointments.models import Counter, CounterGroup, Device, Visit
from zhijian.appointments.queries.given import given
from zhijian.appointments.queries.walk_ins import walk_ins_of
from zhijian.appointments.rules.states import VisitState
from zhijian.catalog.queries import current_versions
from zhijian.core.clock import local_date, now
from zhijian.core.errors import NotFound
from zhijian.core.zone import CHINA
from zhijian.organizations.models import Hall

RECENT = timedelta(hours=1)
SHOWN_CALLS = 6


@dataclass(frozen=True, slots=True)
class GroupQueue:
    """One group now. ``mean_wait_minutes`` over those called within the last hour; None when none were."""

    group: str
    code: str
    name: str
    name_en: str
    prefix: str
    waiting: int
    mean_wait_minutes: int | None
    open_counters: int


def hall_of(code: str) -> Hall:
    """Raises NotFound."""
    hall = Hall.objects.filter(code=given(code)).first()
    if hall is None:
        raise NotFound
    return hall


def groups_of(hall: Hall) -> QuerySet[CounterGroup]:
    return CounterGroup.objects.filter(hall=hall, active=True).order_by("prefix")


def open_counters() -> Q:
    """Counters at which somebody sits and calls. Yesterday's opening doesn't count, whoever forgot to end it."""
    midnight = now().replace(hour=0, minute=0, second=0, microsecond=0)
    return Q(staff__isnull=False, paused=False, opened_at__gte=midnight)


def hall_queue(hall: Hall) -> list[GroupQueue]:
    """Every active group of the hall. Three queries."""
    moment = now()
    groups = list(groups_of(hall))
    visits = Visit.objects.filter(group__in=groups, day=local_date(moment)).order_by().values("group_id")
    figures = {
        row["group_id"]: row
        for row in visits.annotate(
            waiting=Count("pk", filter=Q(state=VisitState.WAITING)),
            wait=Avg(F("called_at") - F("arrived_at"), filter=Q(called_at__gte=moment - RECENT)),
        )
    }
    counters = dict(
        Counter.objects.filter(open_counters(), groups__in=groups)
        .order_by()
        .values_list("groups")
        .annotate(Count("pk"))
    )
    return [_queue(group, figures.get(group.pk, {}), counters.get(group.pk, 0)) for group in groups]


def _queue(group: CounterGroup, figures: Mapping[str, object], counters: int) -> GroupQueue:
    wait, waiting = figures.get("wait"), figures.get("waiting", 0)
    return GroupQueue(
        group=group.public_id,
        code=group.code,
        name=group.name,
        name_en=group.name_en,
        prefix=group.prefix,
        waiting=waiting if isinstance(waiting, int) else 0,
        mean_wait_minutes=minutes(wait) if isinstance(wait, timedelta) else None,
        open_counters=counters,
    )


def minutes(span: timedelta) -> int:
    """Whole minutes, rounded."""
    return round(span.total_seconds() / 60)


@dataclass(frozen=True, slots=True)
class Call:
    """A number and where it is called to. ``calls`` grows with every repeat; ``now``: it is still awaited or served."""

    number: str
    counter: str
    calls: int
    at: datetime
    now: bool

    @property
    def time(self) -> str:
        return f"{self.at.astimezone(CHINA):%H:%M}"


def calls(hall: Hall, groups: list[CounterGroup] | None = None) -> list[Call]:
    """Today's last calls of the hall, the newest first; with ``groups`` of these only. One query."""
    found = Visit.objects.filter(
        counter__isnull=False, called_at__isnull=False, day=local_date(now()), group__hall=hall
    )
    if groups:
        found = found.filter(group__in=groups)
    rows = found.order_by("-called_at", "-pk").values_list(
        "number", "counter__number", "calls", "called_at", "state"
    )
    return [
        Call(number, counter, count, at, state in (VisitState.CALLED, VisitState.SERVING))
        for number, counter, count, at, state in rows[:SHOWN_CALLS]
        if at is not None
    ]


@dataclass(frozen=True, slots=True)
class Matter:
    """Something that a walk-in may take a number for. ``left``: numbers that are still there today."""

    group: str
    group_name: str
    item_code: str
    name: str
    left: int


def matters(hall: Hall, groups: list[CounterGroup], day: date) -> list[Matter]:
    """What has walk-in numbers today, by group and name. Queries: two for the numbers, one for the names."""
    shares = walk_ins_of(groups, day)
    named = item_names({code for _, code in shares})
    by_key = {group.pk: group for group in groups}
    found = [
        Matter(by_key[key].code, by_key[key].name, code, named.get(code, by_key[key].name), share.left)
        for (key, code), share in shares.items()
    ]
    return sorted(found, key=lambda one: (one.group, one.name))


def item_names(codes: set[str]) -> dict[str, str]:
    """Names of the items in force by code. One query, none for nothing."""
    return dict(current_versions().filter(code__in=codes).values_list("code", "name")) if codes else {}


def groups_for(device: Device) -> list[CounterGroup]:
    """The groups that a device serves: those given to it, or all of its hall. At most two queries."""
    return list(device.groups.filter(active=True).order_by("prefix")) or list(groups_of(device.hall))


def device_of(hashed: str) -> Device | None:
    """The paired device of a token's hash. One query."""
    return Device.objects.select_related("hall").filter(token_hash=hashed, revoked_at=None).first()
