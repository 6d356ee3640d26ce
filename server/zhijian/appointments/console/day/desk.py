"""What a counter's screen shows: who is here, and who waits."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from zhijian.appointments.models import Counter, CounterGroup, Visit
from zhijian.appointments.queries import day as queries
from zhijian.appointments.queries.hall import groups_of, item_names, minutes
from zhijian.appointments.rules.states import VisitKind, VisitState
from zhijian.cases.queries.versions import version
from zhijian.catalog.errors import UnknownAnswer
from zhijian.catalog.queries import current_versions
from zhijian.catalog.rules import apply_answers
from zhijian.catalog.spec import Material
from zhijian.core.clock import now
from zhijian.core.zone import CHINA


@dataclass(frozen=True, slots=True)
class Row:
    """A ticket of the list."""

    id: str
    number: str
    kind: str
    priority: bool
    late: bool
    item_name: str
    due: bool
    due_at: datetime
    waited: int


@dataclass(frozen=True, slots=True)
class Card:
    """The visitor. ``name`` is masked and empty for who took a number without saying who they are."""

    id: str
    number: str
    state: str
    state_label: str
    kind: str
    priority: bool
    item_name: str
    name: str
    booking_number: str
    slot: str
    calls: int
    waited: int
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Desk:
    counter: Counter
    visitor: Card | None
    waiting: list[Row]
    skipped: list[Row]
    groups: list[CounterGroup]

    @property
    def called(self) -> bool:
        return self.visitor is not None and self.visitor.state == VisitState.CALLED


def build(counter: Counter) -> Desk:
    """At most eight queries, whatever the length of the line."""
    visit = queries.current_visit(counter)
    waiting, skipped = lists(counter)
    return Desk(counter, _card(visit) if visit else None, waiting, skipped, list(groups_of(counter.hall)))


def lists(counter: Counter) -> tuple[list[Row], list[Row]]:
    """Who waits and who was skipped. Three queries."""
    waiting, skipped = queries.waiting_at(counter), queries.skipped_at(counter)
    names = item_names({visit.item_code for visit in (*waiting, *skipped)})
    return _rows(waiting, names), _rows(skipped, names)


def _rows(visits: Iterable[Visit], names: dict[str, str]) -> list[Row]:
    moment = now()
    return [
        Row(
            id=visit.public_id,
            number=visit.number,
            kind=visit.get_kind_display(),
            priority=visit.priority,
            late=_late(visit),
            item_name=names.get(visit.item_code, visit.group.name),
            due=visit.due_at <= moment,
            due_at=visit.due_at,
            waited=minutes(moment - visit.arrived_at),
        )
        for visit in visits
    ]


def _card(visit: Visit) -> Card:
    booking = visit.booking
    moment = now()
    return Card(
        id=visit.public_id,
        number=visit.number,
        state=visit.state,
        state_label=visit.get_state_display(),
        kind="预约，已过时段" if _late(visit) else visit.get_kind_display(),
        priority=visit.priority,
        item_name=item_names({visit.item_code}).get(visit.item_code, visit.group.name),
        name=visit.citizen.masked_name if visit.citizen else "",
        booking_number=booking.number if booking else "",
        slot=_clock(booking.slot.starts_at, booking.slot.ends_at) if booking else "",
        calls=visit.calls,
        waited=minutes((visit.called_at or moment) - visit.arrived_at),
        documents=tuple(material.name for material in _materials(visit)),
    )


def _materials(visit: Visit) -> tuple[Material, ...]:
    """What the booking's situation asks for; without a booking, what everybody brings."""
    known = visit.booking.item_version_id if visit.booking else None
    if known is None:
        known = current_versions().filter(code=visit.item_code).values_list("pk", flat=True).first()
    if known is None:
        return ()
    spec = version(known).spec
    try:
        return apply_answers(spec, visit.booking.answers if visit.booking else {}).materials
    except UnknownAnswer:
        return apply_answers(spec, {}).materials


def _late(visit: Visit) -> bool:
    return visit.booking_id is not None and visit.kind == VisitKind.WALK_IN


def _clock(starts: datetime, ends: datetime) -> str:
    return f"{starts.astimezone(CHINA):%H:%M}–{ends.astimezone(CHINA):%H:%M}"
