"""Ends of open tickets after the working calendar has changed."""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction

from zhijian.calendars.dependants import Change, Shift, Survey
from zhijian.core.actor import SYSTEM
from zhijian.core.clock import local_date, now
from zhijian.core.dates import long_date
from zhijian.tickets import errors
from zhijian.tickets.actions import clocks, turn
from zhijian.tickets.models import Ticket
from zhijian.tickets.queries.calendar import touched
from zhijian.tickets.rules.acts import Action
from zhijian.tickets.rules.states import RUNNING

_STORED = ("contact_due_at", "contact_warn_at", "due_at", "warn_at", "calendar_gap")


def survey(change: Change) -> Survey:
    """What would move, ticket by ticket. Writes nothing."""
    shifts: list[Shift] = []
    keys: list[str] = []
    for ticket in touched(change).iterator(chunk_size=500):
        before, stored = _dates(ticket), _stored(ticket)
        clocks.wind(ticket, calendar=change.after)
        if stored != _stored(ticket):
            keys.append(str(ticket.pk))
            office = ticket.department or ticket.suggested
            runs = ticket.state in RUNNING
            shifts += [
                Shift(ticket.number, f"{office.short_name}{name}", was, becomes, runs=runs)
                for name, was, becomes in _moves(before, _dates(ticket))
            ]
    return Survey(shifts, keys)


@transaction.atomic
def recompute(change: Change, key: str) -> None:
    """Compute the ends of one ticket anew, as they would be from the beginning, and say so in its history."""
    ticket = Ticket.objects.filter(pk=key).first()
    if ticket is None:
        return
    try:
        move = turn.begin(SYSTEM, ticket, Action.RECOMPUTE)
    except errors.StateForbids:
        return
    fresh = move.row
    before, stored = _dates(fresh), _stored(fresh)
    clocks.wind(fresh)
    if stored == _stored(fresh):
        return
    if fresh.due_at is not None and fresh.due_at > now():
        fresh.overdue_told_at = None
    words = "；".join(
        f"{name}{_day('由', was)}改为{_day('', becomes) or '待定'}"
        for name, was, becomes in _moves(before, _dates(fresh))
    )
    turn.finish(move, note=f"{change.reason}，{words}" if words else "", facts={"gap": fresh.calendar_gap})


def _stored(ticket: Ticket) -> list[object]:
    return [getattr(ticket, name) for name in _STORED]


def _dates(ticket: Ticket) -> dict[str, datetime | None]:
    shown = {"答复期限": ticket.due_at}
    return shown if ticket.contacted_at else {"联系期限": ticket.contact_due_at} | shown


def _moves(
    before: dict[str, datetime | None], after: dict[str, datetime | None]
) -> Iterator[tuple[str, datetime | None, datetime | None]]:
    for name, due in after.items():
        if before[name] != due:
            yield name, before[name], due


def _day(word: str, moment: datetime | None) -> str:
    return f"{word}{long_date(local_date(moment))}" if moment else ""
