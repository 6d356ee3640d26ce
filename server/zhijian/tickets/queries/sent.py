"""A ticket that was only just sent, as its page shows it, without reading back what was written."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from django.db.models import Model

from zhijian.tickets.models import Extension, Pause, Photo, Ticket, TicketStep


def as_sent(ticket: Ticket, steps: Sequence[TicketStep], *, pictured: bool) -> Ticket:
    """``ticket`` with what :func:`queries.staff.whole` would find. One query if it is ``pictured``, otherwise none.

    Only for showing it in the request that sent it: what comes later is not seen here.
    """
    photos = ticket.photos.select_related("file") if pictured else ()
    _keep(ticket, "steps", TicketStep, steps)
    _keep(ticket, "photos", Photo, photos)
    for name, model in (("pauses", Pause), ("extensions", Extension), ("parts", Ticket), ("merged", Ticket)):
        _keep(ticket, name, model, ())
    ticket._state.fields_cache["publication"] = None
    for row in (ticket, *steps):
        _in_utc(row)
    return ticket


def _keep(ticket: Ticket, name: str, model: type[Model], rows: Iterable[Model]) -> None:
    """As prefetching does, without its queries: for ``ticket.<name>.all()``."""
    found = model._default_manager.none()
    found._result_cache = list(rows)
    vars(ticket).setdefault("_prefetched_objects_cache", {})[name] = found


def _in_utc(row: Model) -> None:
    """Moments as the database gives them: an answer tells them in the same form whenever it is asked for."""
    for name, value in vars(row).items():
        if isinstance(value, datetime):
            vars(row)[name] = value.astimezone(UTC)
