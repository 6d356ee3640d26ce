"""The dispatcher's desk and the desk of public texts."""

from django.db.models import Q, QuerySet

from zhijian.organizations.held import Piece
from zhijian.organizations.models import Staff
from zhijian.organizations.queries import holds
from zhijian.organizations.rules import Post
from zhijian.tickets.models import Extension, Publication, Ticket
from zhijian.tickets.queries.staff import QUEUE_ORDER, SEALED, visible_to
from zhijian.tickets.rules.states import OPEN, State, label

_MOST = 50


def undispatched(staff: Staff) -> list[Ticket]:
    """Waiting for a department, the most urgent first. One query."""
    found = visible_to(staff).filter(state=State.SUBMITTED)
    return list(_listed(found).order_by("-urgent", *QUEUE_ORDER)[:_MOST])


def to_call_back(staff: Staff) -> list[Ticket]:
    """Answered, the longest waiting first. One query."""
    return list(_listed(visible_to(staff).filter(state=State.REPLIED)).order_by("replied_at")[:_MOST])


def pending_extensions(staff: Staff) -> list[Extension]:
    """One query."""
    found = Extension.objects.filter(status=Extension.Status.PENDING, ticket__in=visible_to(staff))
    related = ("ticket__department", "ticket__category", "asked_by")
    return list(found.select_related(*related).order_by("ticket__sort_at")[:_MOST])


def held_by(staff: Staff) -> list[Piece]:
    """Every open ticket with this person, also one that waits for the reporter. One query."""
    found = Ticket.objects.filter(assignee=staff, state__in=sorted(OPEN)).select_related("category")
    rows = found.only("number", "state", "due_at", "category__name").order_by(*QUEUE_ORDER)
    return [Piece(f"{row.number} {row.category.name}", label(row.state), row.due_at) for row in rows]


def _listed(found: QuerySet[Ticket]) -> QuerySet[Ticket]:
    return found.select_related("department", "category", "suggested", "assignee").defer(*SEALED)


def pending_publications(staff: Staff) -> list[Publication]:
    """Drafted texts that wait for confirmation, the oldest first. One query."""
    found = Publication.objects.filter(pending=True, ticket__in=visible_to(staff))
    return list(found.select_related("ticket__category", "prepared_by").order_by("prepared_at")[:_MOST])


def texts_waiting(staff: Staff) -> QuerySet[Publication]:
    """Drafted texts that a dispatcher is to confirm; for the navigation."""
    if not holds(staff, Post.TICKET_DISPATCHER):
        return Publication.objects.none()
    return Publication.objects.filter(pending=True, ticket__in=visible_to(staff))


def awaiting_text(staff: Staff) -> list[Ticket]:
    """Answered tickets that may be public and have no text yet. One query."""
    may = Q(share_consent=True) | Q(category__public_default=True)
    found = visible_to(staff).filter(may, state__in=[State.REPLIED, State.CLOSED], publication__isnull=True)
    return list(_listed(found).order_by("-replied_at")[:_MOST])


def public_now(staff: Staff) -> list[Publication]:
    """The latest that are public. One query."""
    found = Publication.objects.filter(status=Publication.Status.CONFIRMED, ticket__in=visible_to(staff))
    return list(found.select_related("ticket__category").order_by("-confirmed_at")[:_MOST])
