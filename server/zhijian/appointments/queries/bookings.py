"""Reads of bookings. ``visible_to`` is the one place of row scope for staff."""

from datetime import datetime

from django.db.models import Q, QuerySet

from zhijian.appointments import errors
from zhijian.appointments.models import Booking, NoShow, NoShowRule, Schedule, WaitEntry
from zhijian.appointments.queries.supply.scope import groups_visible_to
from zhijian.appointments.rules.entitlement import DISABILITY_CARD, entitled
from zhijian.appointments.rules.standing import MissRule, Standing, standing
from zhijian.appointments.rules.states import AppealState, BookingState, WaitState
from zhijian.audit.actions import record_refusal
from zhijian.catalog.queries import current_versions
from zhijian.core.clock import now, today
from zhijian.core.pagination import Page, paginate
from zhijian.identity.models import Citizen
from zhijian.licences.queries import held_by
from zhijian.organizations.models import Hall, Staff

_WITH = ("slot__group__hall", "slot__schedule", "citizen", "booked_by", "item_version", "visit")


def visible_to(staff: Staff) -> QuerySet[Booking]:
    """Bookings of the groups that ``staff`` manages or serves."""
    return Booking.objects.filter(slot__group__in=groups_visible_to(staff).order_by().values("pk"))


def of_citizen(citizen: Citizen, public_id: str) -> Booking:
    """A booking that the citizen comes for or made. Raises BookingNotFound; reaching for another's is audited."""
    booking = Booking.objects.select_related(*_WITH).filter(public_id=public_id).first()
    if booking is None:
        raise errors.BookingNotFound
    if citizen.pk not in (booking.citizen_id, booking.booked_by_id):
        subject = f"booking:{booking.public_id}"
        raise errors.BookingNotFound(
            attempt=lambda: record_refusal(citizen.actor, "booking.foreign", subject=subject)
        )
    return booking


def my_bookings(citizen: Citizen, *, state: str, cursor: str | None) -> Page[Booking]:
    """``open`` ones are still to come or under way, ``past`` are all others; holds that ran out are left out."""
    moment = now()
    mine = Booking.objects.filter(Q(citizen=citizen) | Q(booked_by=citizen)).select_related(*_WITH)
    mine = mine.exclude(state=BookingState.EXPIRED).exclude(state=BookingState.HELD, hold_until__lte=moment)
    coming = Q(state__in=[BookingState.HELD, BookingState.CONFIRMED, BookingState.ARRIVED]) & Q(
        slot__date__gte=today()
    )
    rows = mine.filter(coming) if state == "open" else mine.exclude(coming)
    return paginate(rows, order=("-created_at", "-id"), cursor=cursor)


def still_to_come(*, booking_id: str, moves: int) -> bool:
    """Whether the person is to come at the time that the booking had after so many moves."""
    return Booking.objects.filter(
        public_id=booking_id,
        moves=moves,
        state=BookingState.CONFIRMED,
        slot__closed=False,
        slot__starts_at__gt=now(),
    ).exists()


def still_offered(*, entry_id: str) -> bool:
    """Whether the place that was offered to somebody in line waits for their word."""
    return WaitEntry.objects.filter(
        public_id=entry_id,
        state=WaitState.OFFERED,
        booking__state=BookingState.HELD,
        booking__hold_until__gt=now(),
    ).exists()


def my_waiting(citizen: Citizen) -> QuerySet[WaitEntry]:
    """Places in line that are open, newest first."""
    return (
        WaitEntry.objects.filter(Q(citizen=citizen) | Q(booked_by=citizen), state__in=["waiting", "offered"])
        .select_related("group__hall", "booking__slot", "citizen")
        .order_by("-created_at", "-id")
    )


def offering(item_code: str) -> list[Schedule]:
    """The schedules in force that offer an item, with group and hall. One statement."""
    day = today()
    return list(
        Schedule.objects.filter(item_code=item_code, group__active=True)
        .filter(Q(valid_to=None) | Q(valid_to__gte=day))
        .select_related("group__hall__region")
        .order_by("group__hall__code", "group__prefix", "valid_from")
    )


def is_entitled(citizen: Citizen) -> bool:
    """Whether a priority seat may be theirs today."""
    day = today()
    cards = held_by(citizen).filter(licence_type=DISABILITY_CARD, status="valid")
    disabled = any(card.valid_to is None or card.valid_to >= day for card in cards)
    return entitled(id_number=citizen.id_number, disabled=disabled, on=day)


def standing_of(citizen: Citizen, hall: Hall | None = None) -> Standing:
    """How misses weigh for this person; the hall's own rule comes before the city's. Two statements."""
    chosen = rule_for(hall)
    if chosen is None:
        return standing(None, [], now())
    rule = MissRule(chosen.misses, chosen.within_days, chosen.blocked_days)
    return standing(rule, _counting(citizen), now())


def _counting(citizen: Citizen) -> list[datetime]:
    rows = NoShow.objects.filter(citizen=citizen).exclude(appeal=AppealState.EXCUSED)
    return list(rows.values_list("at", flat=True))


def my_misses(citizen: Citizen) -> QuerySet[NoShow]:
    return (
        NoShow.objects.filter(citizen=citizen)
        .select_related("booking__slot__group__hall")
        .order_by("-at", "-id")
    )


def appeals_for(staff: Staff) -> QuerySet[NoShow]:
    """Appeals to be decided in the scope of ``staff``, oldest first."""
    return (
        NoShow.objects.filter(booking__in=visible_to(staff), appeal=AppealState.ASKED)
        .select_related("booking__slot__group__hall", "citizen")
        .order_by("appealed_at", "id")
    )


def wait_entry_of(citizen: Citizen, public_id: str) -> WaitEntry:
    """Raises WaitEntryNotFound, also for another's (then audited)."""
    entry = (
        WaitEntry.objects.select_related("group__hall", "booking__slot", "citizen")
        .filter(public_id=public_id)
        .first()
    )
    if entry is None:
        raise errors.WaitEntryNotFound
    if citizen.pk not in (entry.citizen_id, entry.booked_by_id):
        subject = f"waiting:{entry.public_id}"
        raise errors.WaitEntryNotFound(
            attempt=lambda: record_refusal(citizen.actor, "waiting.foreign", subject=subject)
        )
    return entry


def ahead_of(entry: WaitEntry) -> int:
    """How many in the same line came before."""
    if entry.state != "waiting":
        return 0
    before = Q(created_at__lt=entry.created_at) | Q(created_at=entry.created_at, pk__lt=entry.pk)
    line = WaitEntry.objects.filter(
        before, state="waiting", item_code=entry.item_code, group=entry.group_id, date=entry.date
    )
    return line.filter(part__in=["any", entry.part]).count() if entry.part != "any" else line.count()


def miss_of(citizen: Citizen, public_id: str) -> NoShow:
    """Raises NoShowNotFound, also for another's."""
    miss = my_misses(citizen).filter(public_id=public_id).first()
    if miss is None:
        raise errors.NoShowNotFound
    return miss


def rule_for(hall: Hall | None = None) -> NoShowRule | None:
    """The hall's own rule, else the city's: NULL sorts last."""
    return NoShowRule.objects.filter(Q(hall=None) | Q(hall=hall)).order_by("hall_id").first()


def item_name(item_code: str) -> tuple[str, str]:
    """What an item is called now, in both languages; its code where no version is in force."""
    version = current_versions().filter(code=item_code).first()
    if version is None:
        return item_code, ""
    spec = version.typed()
    return spec.short_name or spec.name, spec.name_en
