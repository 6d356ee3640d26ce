"""What the rules' guards look at, taken from a ticket and who acts."""

from datetime import datetime

from zhijian.core.actor import Actor
from zhijian.organizations.models import Staff
from zhijian.organizations.queries import holdings, holds, regions_in_scope
from zhijian.organizations.rules import Post
from zhijian.tickets.models import CoHandling, Extension, Publication, Ticket
from zhijian.tickets.queries.sharing import reported_too
from zhijian.tickets.rules.guards import Facts
from zhijian.tickets.rules.limits import CALL_BACK
from zhijian.tickets.rules.states import MERGE_INTO, OPEN, PUBLISHABLE, State

POSTS = (Post.TICKET_DISPATCHER, Post.TICKET_OFFICER)


def roles_of(actor: Actor, staff: Staff | None, ticket: Ticket) -> frozenset[str]:
    """In which roles ``actor`` stands to ``ticket``: reporter, follower, the system, or posts that cover it."""
    if staff is not None:
        return _staff_roles(staff, ticket)
    if actor.kind == "system":
        return frozenset({"system"})
    if actor.kind != "citizen":
        return frozenset()
    return _citizen_roles(actor, ticket)


def _citizen_roles(actor: Actor, ticket: Ticket) -> frozenset[str]:
    """Once the reporter has left, those who reported the same stand in their place."""
    if is_own(actor, ticket):
        if ticket.left_at is None:
            return frozenset({"reporter"})
        return frozenset({"left"}) | (frozenset({"reporter"}) if reported_too(actor, ticket) else frozenset())
    if reported_too(actor, ticket):
        return frozenset({"follower"} if ticket.left_at is None else {"reporter"})
    follows = ticket.followers.filter(citizen__public_id=actor.key).exists()
    return frozenset({"follower"}) if follows else frozenset()


def is_own(actor: Actor, ticket: Ticket) -> bool:
    """Whether ``actor`` sent it: as a citizen, or as whoever holds its receipt."""
    if ticket.citizen_id is not None:
        return ticket.citizen is not None and ticket.citizen.public_id == actor.key
    return actor.key == f"ticket:{ticket.public_id}"


def _staff_roles(staff: Staff, ticket: Ticket) -> frozenset[str]:
    found = set()
    if dispatches(staff, ticket):
        found.add(Post.TICKET_DISPATCHER.value)
    department = ticket.department
    if department is not None and holds(staff, Post.TICKET_OFFICER, department=department):
        found.add(Post.TICKET_OFFICER.value)
    if any(holding.post == Post.TICKET_OFFICER for holding in holdings(staff)) and helps(staff, ticket):
        found.add("co_officer")
    return frozenset(found)


def dispatches(staff: Staff, ticket: Ticket) -> bool:
    """Whether a dispatcher's post of ``staff`` covers ``ticket``: its department, or while it has none, its region."""
    if not any(holding.post == Post.TICKET_DISPATCHER for holding in holdings(staff)):
        return False
    if ticket.department is not None:
        return holds(staff, Post.TICKET_DISPATCHER, department=ticket.department)
    if ticket.region_id is None:
        return True
    return regions_in_scope(staff, Post.TICKET_DISPATCHER).filter(pk=ticket.region_id).exists()


def helps(staff: Staff, ticket: Ticket) -> bool:
    """Whether a department of this officer was asked to help."""
    asked = CoHandling.objects.filter(ticket=ticket).select_related("department")
    return any(holds(staff, Post.TICKET_OFFICER, department=one.department) for one in asked)


def facts_of(ticket: Ticket, staff: Staff | None, moment: datetime) -> Facts:
    """At most three queries, each only in the states where its answer matters."""
    mine = staff.pk if staff else None
    publication, extension = _publication(ticket), _extension(ticket)
    return Facts(
        held_by_other=mine is not None and ticket.assignee_id not in (None, mine),
        held_by_self=mine is not None and ticket.assignee_id == mine,
        contacted=ticket.contacted_at is not None,
        extension=extension.status if extension else "",
        asked_extension_self=extension is not None and extension.asked_by_id == mine,
        co_answer_open=staff is not None and open_help(ticket, staff) is not None,
        waiting_over=ticket.replied_at is not None and moment > ticket.replied_at + CALL_BACK,
        reopen_open=ticket.state == State.REPLIED
        or (ticket.reopen_until is not None and moment <= ticket.reopen_until),
        parts_open=ticket.state == State.SPLIT and ticket.parts.filter(state__in=sorted(OPEN)).exists(),
        publication=publication.status if publication else "",
        publication_pending=publication is not None and publication.pending,
        has_parent=ticket.parent_id is not None,
        goes_on_open=ticket.merged_into is None or ticket.merged_into.state in MERGE_INTO,
        somebody_to_ask=ticket.left_at is None or ticket.parent_id is None,
    )


def may_keep(staff: Staff, ticket: Ticket) -> bool:
    """Whether ``staff`` can go on with a ticket that they hold."""
    department = ticket.department
    return (
        staff.is_active
        and department is not None
        and holds(staff, Post.TICKET_OFFICER, department=department)
    )


def _extension(ticket: Ticket) -> Extension | None:
    """The latest request on the running clock."""
    if ticket.state != State.HANDLING:
        return None
    asked = ticket.extensions.filter(asked_at__gte=ticket.clock_started_at)
    return asked.order_by("id").last()


def _publication(ticket: Ticket) -> Publication | None:
    if ticket.state not in PUBLISHABLE:
        return None
    return getattr(ticket, "publication", None)


def open_help(ticket: Ticket, staff: Staff) -> CoHandling | None:
    """The question to a department of ``staff`` that still waits for an answer."""
    waiting = ticket.co_handlings.filter(answered_at__isnull=True).select_related("department")
    return next(
        (one for one in waiting if holds(staff, Post.TICKET_OFFICER, department=one.department)), None
    )
