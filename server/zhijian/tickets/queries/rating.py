"""Whether a handling may be rated, and how the ratings name it."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Count, Q, Sum

from zhijian.tickets.models import Ticket
from zhijian.tickets.rules.states import RATEABLE


def is_answered(ticket: Ticket) -> bool:
    """There is an answer to have an opinion on. The whole of a split one has none: its parts do."""
    return ticket.state in RATEABLE and bool(ticket.reply)


def may_rate(ticket: Ticket) -> bool:
    """Once a handling, by whoever gave their name or holds the receipt, and has not withdrawn."""
    known = ticket.citizen_id is not None or ticket.receipt_hash is not None
    return is_answered(ticket) and known and ticket.left_at is None and ticket.rated_at is None


def nameless(public_id: str) -> Ticket | None:
    """The anonymous ticket that a receipt opens."""
    found = Ticket.objects.filter(public_id=public_id, receipt_hash__isnull=False)
    return found.select_related("department", "suggested").first()


def handling(ticket: Ticket) -> str:
    """The present handling: the number, and which time it is done again."""
    return f"{ticket.number}-{ticket.reopened + 1}" if ticket.reopened else ticket.number


def number_of(handling: str) -> str:
    """The number of the ticket that was handled."""
    return handling.partition("-")[0]


def handled(since: datetime) -> Iterator[tuple[int, int]]:
    """Department, and how many handlings ended that somebody could rate: those that stand answered, and those before
    that were done again. One query."""
    ours = (Q(citizen__isnull=False) | Q(receipt_hash__isnull=False)) & Q(left_at__isnull=True)
    answered = Q(state__in=sorted(RATEABLE), replied_at__gte=since)
    again = Q(reopened__gt=0, updated_at__gte=since)
    rows = (
        Ticket.objects.filter(answered | again, ours, department__isnull=False)
        .exclude(parts__isnull=False)
        .order_by()
        .values("department_id")
        .annotate(standing=Count("pk", filter=answered), before=Sum("reopened"))
    )
    return ((row["department_id"], row["standing"] + row["before"]) for row in rows)
