"""The only writers of the calendar after its seeding.

A year is replaced in two steps. The first is short: it waits for all who are storing dates, changes the days, and commits.
From then on everybody computes anew. The second moves what was computed before, one after the other in transactions of
their own; whatever kills it, the rest is found and done later, and nothing is moved twice.
"""

import logging
import time
from collections import Counter

from django.db import transaction

from zhijian.audit.actions import record, record_refusal
from zhijian.calendars import errors, queries
from zhijian.calendars.dependants import Change, Dependant, all_dependants
from zhijian.calendars.events import CalendarEntered
from zhijian.calendars.rules.year import Source, YearPlan, days_from, faults
from zhijian.core.actor import Actor
from zhijian.core.calendar_seed import store_days
from zhijian.core.clock import now
from zhijian.core.errors import FieldError
from zhijian.core.events import emit
from zhijian.core.models import CalendarVersion
from zhijian.core.workdays import Workdays, hold_calendar
from zhijian.organizations.models import Staff
from zhijian.organizations.rules import Post

log = logging.getLogger(__name__)


@transaction.atomic
def enter_year(
    actor: Actor,
    *,
    plan: YearPlan,
    seen: int,
    replace: bool = False,
    origin: str = CalendarVersion.Origin.PAGE,
) -> CalendarVersion | None:
    """Make ``plan`` the year; :func:`settle` then moves what depends on it. None when it is so already.

    ``seen`` is the number of the version whose replacement was shown (0: none). Raises CityPostNeeded, CalendarWrong,
    YearKnown without ``replace``, and CalendarChanged when somebody was faster.
    """
    named = _named(actor, plan.year)
    if wrong := faults(plan):
        raise errors.CalendarWrong(fields=[FieldError("/days", "days", words) for words in wrong])
    hold_calendar()
    current = queries.plan_of(plan.year)
    if current is not None and _same(current, plan):
        return None
    if queries.version_number(plan.year) != seen:
        raise errors.CalendarChanged
    if current is not None and not replace:
        raise errors.YearKnown
    store_days(plan.year, plan.source.title, plan.json, provisional=plan.provisional)
    version = _write(named, plan, current, seen + 1, origin)
    facts = {
        "number": version.number,
        "provisional": plan.provisional,
        "document": plan.source.document_number,
    }
    record(named, "calendar.entered", subject=f"calendar:{plan.year}", facts=facts)
    emit(CalendarEntered(plan.year, version.number))
    return version


def settle(*, seconds: float | None = None) -> bool:
    """Move what was computed from calendars that have been replaced since; whether all of it is done.

    ``seconds``: stop after so long, and leave the rest to the task that entering a year has started.
    """
    pending = queries.unsettled()
    if not pending:
        return True
    until = None if seconds is None else time.monotonic() + seconds
    moved: Counter[str] = Counter()
    whole = True
    for change in _changes(pending):
        for dependant in all_dependants():
            for key in dependant.survey(change).keys:
                if until is not None and time.monotonic() > until:
                    return False
                if _move(dependant, change, key):
                    moved[dependant.key] += 1
                else:
                    whole = False
    if not whole:
        return False
    done = CalendarVersion.objects.filter(pk__in=[version.pk for version in pending], settled_at=None)
    done.update(settled_at=now(), effects=dict(moved))
    return True


def _move(dependant: Dependant, change: Change, key: str) -> bool:
    """One that cannot be moved keeps nobody else from moving; it is tried again until it can."""
    try:
        dependant.move(change, key)
    except Exception:
        log.exception("not moved to the new calendar", extra={"dependant": dependant.key, "key": key})
        return False
    return True


def _changes(pending: list[CalendarVersion]) -> list[Change]:
    """From before each version to what is in force now, the latest first: its reason is the one that people are told."""
    found = []
    for version in sorted(pending, key=lambda version: version.pk, reverse=True):
        after = Workdays.load()
        if version.before is None:
            before = after.without_year(version.year)
        else:
            old = {day.date: day.working for day in days_from(version.before)}
            before = after.with_year(version.year, old, provisional=version.before_provisional)
        first = queries.first_difference(before, after, version.year)
        if first is not None:
            reason = queries.reason_of(Source(version.title, version.document_number))
            found.append(Change(before, after, first, reason))
    return found


def _same(one: YearPlan, other: YearPlan) -> bool:
    return (one.json, one.source, one.provisional) == (other.json, other.source, other.provisional)


def _write(
    actor: Actor, plan: YearPlan, current: YearPlan | None, number: int, origin: str
) -> CalendarVersion:
    return CalendarVersion.objects.create(
        year=plan.year,
        number=number,
        provisional=plan.provisional,
        title=plan.source.title,
        document_number=plan.source.document_number,
        issued_on=plan.source.issued_on,
        url=plan.source.url,
        days=plan.json,
        before=current.json if current else None,
        before_provisional=current.provisional if current else False,
        origin=origin,
        actor_kind=actor.kind,
        actor_key=actor.key,
        actor_label=actor.label,
        at=now(),
    )


def _named(actor: Actor, year: int) -> Actor:
    """Raises CityPostNeeded, audited, for whoever isn't the city's system administrator."""
    if actor.kind == "system":
        return actor
    staff = None
    if actor.kind == "staff":
        staff = Staff.objects.select_related("department").filter(public_id=actor.key, is_active=True).first()
    if staff is None or not queries.governs_city(staff):
        raise errors.CityPostNeeded(
            attempt=lambda: record_refusal(actor, "calendar.entered", subject=f"calendar:{year}")
        )
    return staff.actor_as(Post.SYSTEM_ADMIN)
